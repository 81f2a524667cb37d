import { createParameters } from '../http/parameters.ts'
import { readParameters } from '../http/read-parameters.ts'
import { ProtocolError } from '../http/protocol-error.ts'
import type { Bot } from '../world/user.ts'
import type { Dispatch } from './dispatch.ts'

const REFUSED = new Set(['setwebhook', 'deletewebhook', 'close', 'logout'])
const NEVER = new AbortController().signal

/**
 * Calls the method that a webhook named in its answer to an update. Nobody is told what came of it; methods that
 * only read, and those that would change the webhook under way, are not called.
 */
export async function executeWebhookReply(
  dispatch: Dispatch,
  bot: Bot,
  reply: { body: Buffer; contentType: string },
): Promise<void> {
  const parameters = createParameters()
  try {
    await readParameters(reply.body, reply.contentType, parameters)
  } catch (error) {
    // A form that cannot be read names no method.
    if (error instanceof ProtocolError) return
    throw error
  }
  const method = parameters.text('method').toLowerCase()
  if (method === '' || method.startsWith('get') || REFUSED.has(method)) return
  await dispatch.run({ bot, method, parameters, signal: NEVER })
}
