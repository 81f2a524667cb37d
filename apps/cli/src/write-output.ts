import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandFailure } from './failures/command-failure.ts'
import type { Say } from './surroundings.ts'

/**
 * Writes lines into a file of its own, which only its owner may read, or says them. @throws CommandFailure when the file is
 * there already, or cannot be written
 */
export async function writeOutput(
  lines: AsyncIterable<string> | Iterable<string>,
  target: { file: string | undefined; say: Say },
): Promise<void> {
  const { file, say } = target
  if (file === undefined) {
    for await (const line of lines) say(line)
    return
  }
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const withEnds = Readable.from(lines).map((line: string) => `${line}\n`)
  await pipeline(withEnds, stream).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${file} cannot be written (${reason})`, { cause: error })
  })
}
