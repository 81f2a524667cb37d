import { createReadStream } from 'node:fs'
import { CommandFailure } from './failures/command-failure.ts'

/** Reads a file, or standard input, to its end. @throws CommandFailure when it cannot be read, is empty or too large */
export async function readInput(
  source: { file: string } | { file?: string; input: AsyncIterable<Buffer | string> },
  { maxBytes }: { maxBytes: number },
): Promise<Buffer> {
  const { file } = source
  const name = file ?? 'standard input'
  const stream = file === undefined && 'input' in source ? source.input : createReadStream(name)
  const bytes = await readUpTo(stream, maxBytes).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${name} cannot be read (${reason})`, { cause: error })
  })
  if (bytes === undefined)
    throw new CommandFailure(`${name} is larger than ${maxBytes} bytes, which is the limit here`)
  if (bytes.toString('utf8').trim() === '') throw new CommandFailure(`${name} is empty`)
  return bytes
}

/** Undefined when there is more. */
async function readUpTo(
  input: AsyncIterable<Buffer | string>,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    sizeBytes += bytes.length
    if (sizeBytes > maxBytes) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
