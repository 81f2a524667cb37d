import type { IncomingMessage } from 'node:http'
import { readBody } from '../serve/read-body.ts'

const MAX_BODY_BYTES = 8_192

/** What a page's form has sent. */
export async function readForm(
  message: IncomingMessage,
): Promise<URLSearchParams | 'notUnderstood' | 'tooLarge'> {
  const [type = ''] = (message.headers['content-type'] ?? '').split(';', 1)
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return 'notUnderstood'
  try {
    const body = await readBody(message, MAX_BODY_BYTES)
    return body === undefined ? 'tooLarge' : new URLSearchParams(body.toString('utf8'))
  } catch (error) {
    // Gone before the end, or too slow: there is nobody to be told.
    if (!message.complete) return 'notUnderstood'
    throw error
  }
}
