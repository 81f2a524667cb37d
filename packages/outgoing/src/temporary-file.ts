import { randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes on disk that nobody else can find, gone when disposed of or when this process ends, however it ends. */
export interface TemporaryFile extends AsyncDisposable {
  sizeBytes: number
  /** The bytes from the beginning; any number of readers at a time. */
  read: () => AsyncIterable<Uint8Array>
}

export interface GrowingFile extends TemporaryFile {
  append: (chunk: Uint8Array) => Promise<void>
}

/** The disk of this machine did not do its part; nobody else is to blame. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
}

const PIECE_BYTES = 64 * 1024

/** @throws {DiskError} as do its methods. */
export async function createTemporaryFile(): Promise<GrowingFile> {
  const path = join(tmpdir(), `postino-file-${randomUUID()}`)
  const handle = await onDisk(async () => {
    const opened = await open(path, 'wx+', 0o600)
    // It has no name from now on: the system frees it with its last open handle, after a kill as well.
    await unlink(path)
    return opened
  })
  const file: GrowingFile = {
    sizeBytes: 0,
    async append(chunk) {
      await onDisk(() => handle.appendFile(chunk))
      file.sizeBytes += chunk.length
    },
    async *read() {
      for (let at = 0; at < file.sizeBytes;) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, file.sizeBytes - at))
        const { bytesRead } = await onDisk(() => handle.read(piece, 0, piece.length, at))
        if (bytesRead === 0) throw new DiskError('a temporary file became shorter')
        yield piece.subarray(0, bytesRead)
        at += bytesRead
      }
    },
    [Symbol.asyncDispose]: () => onDisk(() => handle.close()),
  }
  return file
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new DiskError('the folder for temporary files cannot be used', { cause: error })
  }
}
