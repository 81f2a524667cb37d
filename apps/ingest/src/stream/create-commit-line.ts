import type { StreamEntry } from './stream-entry.ts'
import { createWaitingEntries } from './waiting-entries.ts'

export interface CommitLineOptions {
  /** Makes entries durable and takes them out of their streams. Ends when that is done, or the line closes. */
  commit: (entries: StreamEntry[], signal: AbortSignal) => Promise<void>
  maxEntriesPerCommit: number
  /** From here on nothing more is to be read. What was asked for by then comes on top. */
  maxWaiting: { entries: number; bytes: number }
}

/** Where entries wait for their commit, from all lanes. */
export interface CommitLine {
  /** Entries of one stream, in its order. */
  add(entries: StreamEntry[]): void
  /** Resolves when more may be read. */
  room(): Promise<void>
  /** Whether something of this shop waits or is being committed. */
  has(slug: string): boolean
  /** Resolves when nothing of these shops waits or is being committed. */
  drained(slugs: readonly string[]): Promise<void>
  /** Resolves when nothing at all does. */
  idle(): Promise<void>
  /** Nothing more is committed; what was not is still in its stream. Ends when nothing is under way. */
  close(): Promise<void>
}

/** While one waits for Postgres, the other is written, or the next entries are read and parsed. */
const COMMITS_AT_A_TIME = 2

/**
 * Puts entries of several streams together for one commit. The entries of a stream are committed in its order: two commits
 * under way hold none of the same stream. Streams take turns, each with its share, so that a long one holds up nobody.
 */
export function createCommitLine(options: CommitLineOptions): CommitLine {
  const waiting = createWaitingEntries()
  const busy = new Set<string>()
  const closing = new AbortController()
  let held = { entries: 0, bytes: 0 }
  let commits = 0
  let listeners: (() => void)[] = []

  function add(entries: StreamEntry[]): void {
    const [first] = entries
    if (first === undefined || closing.signal.aborted) return
    waiting.add(first.shop.slug, entries)
    count(entries, 1)
    start()
  }

  function start(): void {
    while (commits < COMMITS_AT_A_TIME && !closing.signal.aborted) {
      const entries = waiting.take(options.maxEntriesPerCommit, busy)
      if (entries.length === 0) return
      void run(entries)
    }
  }

  async function run(entries: StreamEntry[]): Promise<void> {
    const slugs = new Set(entries.map(({ shop }) => shop.slug))
    commits += 1
    for (const slug of slugs) busy.add(slug)
    await options.commit(entries, closing.signal)
    for (const slug of slugs) busy.delete(slug)
    commits -= 1
    count(entries, -1)
    start()
    tellAll()
  }

  function tellAll(): void {
    const told = listeners
    listeners = []
    told.forEach((tell) => tell())
  }

  function count(entries: StreamEntry[], sign: 1 | -1): void {
    held = {
      entries: held.entries + sign * entries.length,
      bytes: held.bytes + sign * entries.reduce((sum, { bytes }) => sum + bytes.length, 0),
    }
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => listeners.push(resolve))
  }

  const has = (slug: string) => waiting.has(slug) || busy.has(slug)
  const hasRoom = () => held.entries < options.maxWaiting.entries && held.bytes < options.maxWaiting.bytes
  return {
    add,
    room: () => until(() => hasRoom() || closing.signal.aborted),
    has,
    drained: (slugs) => until(() => !slugs.some(has) || closing.signal.aborted),
    idle: () => until(() => commits === 0 && (waiting.isEmpty() || closing.signal.aborted)),
    async close() {
      closing.abort()
      tellAll()
      await until(() => commits === 0)
    },
  }
}
