import { ImportRefused } from '../import-refused.ts'

const PROBE_BYTES = 64 * 1024

/**
 * The text of a file: UTF-8 with or without byte order mark, or UTF-16 with one, as spreadsheets save "Unicode text".
 * What turns out later to be broken becomes U+FFFD, and so the error of a line.
 *
 * @throws ImportRefused when it begins in another encoding, or is no text
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const bytes = toBytes(chunks)
  const head = await readHead(bytes)
  const encoding = encodingOf(head)
  requireText(head, encoding)
  const decoder = new TextDecoder(encoding)
  yield decoder.decode(head, { stream: true })
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

// Not left by `return` when the head is complete, since what follows comes from the same generator.
async function* toBytes(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}

async function readHead(bytes: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  while (sizeBytes < PROBE_BYTES) {
    const { value, done } = await bytes.next()
    if (done === true) break
    parts.push(value)
    sizeBytes += value.length
  }
  return Buffer.concat(parts)
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function requireText(head: Buffer, encoding: Encoding): void {
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    throw new ImportRefused('is_spreadsheet', 'it is a workbook, not a CSV file: save it as "CSV UTF-8"')
  }
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
    if (!text.slice(0, 4).includes('\0')) return
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new ImportRefused('not_utf8', 'it is not in UTF-8: save it as "CSV UTF-8", or with another encoding')
}
