import type { StreamEntry } from './stream-entry.ts'

export interface WaitingEntries {
  /** Entries of one stream, in its order. */
  add(slug: string, entries: StreamEntry[]): void
  /** So many at most, and none of these streams: a share of each, and what is left of the room for the first in turn. */
  take(most: number, except: ReadonlySet<string>): StreamEntry[]
  has(slug: string): boolean
  isEmpty(): boolean
}

/** Entries by their streams, which take turns. */
export function createWaitingEntries(): WaitingEntries {
  const lines = new Map<string, StreamEntry[]>()

  function take(most: number, except: ReadonlySet<string>): StreamEntry[] {
    const free = [...lines].filter(([slug]) => !except.has(slug))
    const share = Math.max(1, Math.floor(most / Math.max(1, free.length)))
    const taken: StreamEntry[] = []
    for (const limit of [share, most]) {
      for (const [slug, line] of free) {
        const part = line.splice(0, Math.min(limit, most - taken.length))
        if (part.length === 0) continue
        taken.push(...part)
        // Whoever was served is the last one the next time.
        lines.delete(slug)
        if (line.length > 0) lines.set(slug, line)
      }
    }
    return taken
  }

  return {
    add(slug, entries) {
      const line = lines.get(slug)
      if (line === undefined) lines.set(slug, entries)
      else line.push(...entries)
    },
    take,
    has: (slug) => lines.has(slug),
    isEmpty: () => lines.size === 0,
  }
}
