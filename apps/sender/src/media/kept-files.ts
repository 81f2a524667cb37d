import type { TemporaryFile } from '@postino/outgoing'

/** A downloaded file, ready to be uploaded. */
export interface KeptFile {
  sizeBytes: number
  contentType: string | undefined
  read: TemporaryFile['read']
}

export interface KeptFiles {
  find: (address: string) => KeptFile | undefined
  /** Of a file that is kept or was so lately. */
  sizeOf: (address: string) => number | undefined
  keep: (address: string, download: { file: TemporaryFile; contentType: string | undefined }) => void
  /** Keeps a file on disk while it is read, whatever its age. Answers how to end the use: whether it was the last one. */
  use: (address: string) => (isLast: boolean) => void
  letGoOfAll: () => void
}

interface Entry extends KeptFile {
  file: TemporaryFile
  readers: number
  isGone: boolean
  timer: NodeJS.Timeout
}

// Long enough for the next claim, and for a few more that show the same.
const KEPT_MS = 60_000
// Each is an open file.
const MAX_KEPT = 200
const MAX_SIZES = 2_000

/**
 * Files on this machine's disk, each for a minute. `maxBytes` is for those nobody reads and the newest one: beyond it, the
 * oldest are let go.
 */
export function createKeptFiles({
  maxBytes,
  onError,
}: {
  maxBytes: number
  onError: (error: unknown) => void
}): KeptFiles {
  const kept = new Map<string, Entry>()
  const sizes = new Map<string, number>()

  function letGo(address: string): void {
    const entry = kept.get(address)
    if (entry === undefined) return
    kept.delete(address)
    clearTimeout(entry.timer)
    entry.isGone = true
    if (entry.readers === 0) void dispose(entry)
  }

  async function dispose({ file }: Entry): Promise<void> {
    try {
      await file[Symbol.asyncDispose]()
    } catch (error) {
      onError(error)
    }
  }

  /** The newest is somebody's who is about to send it. */
  function makeRoomFor(newest: string): void {
    let bytes = 0
    for (const { sizeBytes } of kept.values()) bytes += sizeBytes
    for (const [address, { sizeBytes }] of kept) {
      if (address === newest || (bytes <= maxBytes && kept.size <= MAX_KEPT)) return
      letGo(address)
      bytes -= sizeBytes
    }
  }

  return {
    find: (address) => kept.get(address),
    sizeOf: (address) => sizes.get(address),
    keep(address, { file, contentType }) {
      letGo(address)
      const timer = setTimeout(() => letGo(address), KEPT_MS)
      const { sizeBytes, read } = file
      sizes.set(address, sizeBytes)
      const [oldest] = sizes.size > MAX_SIZES ? sizes.keys() : []
      if (oldest !== undefined) sizes.delete(oldest)
      kept.set(address, { file, sizeBytes, contentType, read, readers: 0, isGone: false, timer })
      makeRoomFor(address)
    },
    use(address) {
      const entry = kept.get(address)
      if (entry === undefined) return () => undefined
      entry.readers += 1
      return (isLast) => {
        entry.readers -= 1
        if (isLast && kept.get(address) === entry) letGo(address)
        else if (entry.readers === 0 && entry.isGone) void dispose(entry)
      }
    },
    letGoOfAll() {
      for (const address of kept.keys()) letGo(address)
    },
  }
}
