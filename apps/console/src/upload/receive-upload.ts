import { randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROBLEMS, ProblemError, tooLarge } from '@postino/http'

/** A body that was received to its end, and lies on this machine's disk until it is closed. */
export interface Upload {
  /** From its beginning, as often as it is asked for. */
  read: () => AsyncIterable<Buffer>
  close(): Promise<void>
}

/**
 * Receives a large body as a file: no connection to Postgres is held while a client sends, however slowly. The file has no
 * name any more while it is used, so that nothing is left of it when the process ends. Ends with a problem when it is larger
 * than the limit or breaks off.
 */
export async function receiveUpload(request: IncomingMessage, limitBytes: number): Promise<Upload> {
  if (Number(request.headers['content-length']) > limitBytes) throw tooLarge(limitBytes)
  const path = join(tmpdir(), `postino-upload-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    await fill(file, request, limitBytes)
  } catch (error) {
    await file.close()
    throw error
  }
  return {
    read: () => file.createReadStream({ start: 0, autoClose: false }),
    close: () => file.close(),
  }
}

async function fill(file: FileHandle, request: IncomingMessage, limitBytes: number): Promise<void> {
  let sizeBytes = 0
  // An iterator that is left early would destroy the stream, and with it the socket the answer has to leave by.
  const chunks: AsyncIterator<Buffer> = request.iterator({ destroyOnReturn: false })
  for (;;) {
    const { value, done } = await chunks.next().catch(brokenOff)
    if (done === true) return
    sizeBytes += value.length
    if (sizeBytes > limitBytes) throw tooLarge(limitBytes)
    await file.writeFile(value)
  }
}

function brokenOff(cause: unknown): never {
  throw new ProblemError(PROBLEMS['bad-request'], { detail: 'The body broke off before its end.', cause })
}
