import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { CommandFailure } from '../command-failure.ts'

/** Posts what a file or standard input holds: one event, or a list of them. Answers the API's own words. */
export async function sendEvents(options: {
  file: string | undefined
  input: NodeJS.ReadableStream
  url: string
  apiKey: string
}): Promise<string> {
  const body = options.file === undefined ? await text(options.input) : await readEventFile(options.file)
  const response = await fetch(new URL('/v1/events', options.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${options.apiKey}`, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(30_000),
  }).catch((error: unknown) => {
    throw new CommandFailure(`no answer from ${options.url}: is ingest running?`, { cause: error })
  })
  const answer = await response.text()
  if (!response.ok) throw new CommandFailure(`refused with ${response.status}: ${answer}`)
  return answer
}

async function readEventFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CommandFailure(`cannot read ${file}`, { cause: error })
  }
}
