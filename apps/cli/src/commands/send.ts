import { MAX_BATCH_BYTES } from '@postino/domain'
import type { Command } from 'commander'
import { z } from 'zod'
import { CommandFailure } from '../failures/command-failure.ts'
import { readInput } from '../read-input.ts'
import { settingsHelp } from '../settings-help.ts'
import { sendSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'

const TIMEOUT_MS = 30_000

export function addSendCommand(program: Command, { say, warn, input, read }: Surroundings): void {
  program
    .command('send')
    .argument('[file]', 'JSON; standard input when left out')
    .description('report an event, or a list of up to 500, and print the answer')
    .addHelpText('after', settingsHelp(sendSettings))
    .action(async (file: string | undefined) => {
      const { url, apiKey } = read(sendSettings)
      if (file === undefined && input.isTTY) warn('Type or paste the event as JSON; Ctrl-D ends it:')
      const body = await readInput({ file, input }, { maxBytes: MAX_BATCH_BYTES })
      say(await sendEvents({ body, url, apiKey }))
    })
}

/** Posts the bytes as they are; the answer is the API's own. @throws CommandFailure with the problem, a line for each place */
async function sendEvents({
  body,
  url,
  apiKey,
}: {
  body: Buffer
  url: string
  apiKey: string
}): Promise<string> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new CommandFailure(
      `${url} gives no answer (${reasonOf(error)}): is ingest running there? See POSTINO_URL`,
      {
        cause: error,
      },
    )
  })
  const answer = await response.text()
  if (!response.ok) throw new CommandFailure(describeProblem(response.status, answer))
  return answer
}

const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string(), index: z.number().optional() }))
    .default([]),
})

/** A problem document (RFC 9457) in lines; what is none as it came, cut. */
export function describeProblem(status: number, answer: string): string {
  const problem = problemSchema.safeParse(parseJson(answer))
  if (!problem.success) return `refused with ${status}: ${answer.slice(0, 500)}`
  const { title, detail, errors } = problem.data
  const lines = errors.map(({ index, pointer, detail: what }) => {
    const event = index === undefined ? '' : `event ${index + 1} `
    return `  ${event}${pointer === '' ? '' : `${pointer}: `}${what}`
  })
  return [`refused with ${status}: ${title}. ${detail}`, ...lines].join('\n')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Some other server stands there.
    return undefined
  }
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return String(inner)
  return inner.message === '' && 'code' in inner ? String(inner.code) : inner.message
}
