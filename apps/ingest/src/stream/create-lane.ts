import { setTimeout as delay } from 'node:timers/promises'
import { MissingGroupError, type EntriesBySlug, type IntakeStreams } from '@postino/queues'
import type { CommitLine } from './create-commit-line.ts'
import { createReadPlan } from './read-plan.ts'
import { createRecovery } from './create-recovery.ts'
import { readEntries, type StreamShop } from './stream-entry.ts'

export interface LaneDependencies {
  streams: IntakeStreams
  line: CommitLine
  /** Whether this process may read here now: false when it has not heard for too long that it may. */
  mayRead: () => boolean
  /** How long a read waits for the first entry: and so a change of shops, and the end, for the read. */
  readWaitMs: number
  /** Of all lanes and processes. */
  countStreams: () => number
  onError: (error: unknown) => void
  nowMs: () => number
}

export interface Lane {
  /** The shops whose streams it reads; may be called again and again. */
  setShops(shops: readonly StreamShop[]): void
  /** Takes over what was read from this stream so long ago that whoever had it has it no more, and is not done. */
  recover(slug: string, heldForMs: number): void
  /** No further read begins. Ends when none is under way; what it finds is left to others when the lane is lost. */
  close(options: { isLost: boolean }): Promise<void>
}

const ERROR_PAUSE_MS = 500
const NOTHING_TO_DO_MS = 100

/**
 * Reads the streams of one lane and puts what it finds in line, as long as there is room. What an earlier reader of a stream
 * left undone is done before anything newer of it is read.
 */
export function createLane(dependencies: LaneDependencies): Lane {
  const { streams, line, mayRead, readWaitMs, countStreams, onError, nowMs } = dependencies
  const shops = new Map<string, StreamShop>()
  const closing = new AbortController()
  const reader = streams.openReader()
  const plan = createReadPlan({ canWait: reader.canWait, countStreams })
  const recovery = createRecovery({
    streams,
    mayGoOn: (slug) => mayRead() && !closing.signal.aborted && !line.has(slug),
    take: (slug, entries) => take(new Map([[slug, entries]])),
  })
  let isLost = false
  const running = run()

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await recovery.goOn()
        await line.room()
        if (!mayRead() || closing.signal.aborted) await pause(NOTHING_TO_DO_MS)
        else await readOnce()
      } catch (error) {
        if (closing.signal.aborted) return
        if (error instanceof MissingGroupError) recovery.prepare(shops.keys())
        else {
          onError(error)
          await pause(ERROR_PAUSE_MS)
        }
      }
    }
  }

  async function readOnce(): Promise<void> {
    const slugs = [...shops.keys()].filter((slug) => !recovery.isNeeded(slug))
    if (slugs.length === 0) return await pause(NOTHING_TO_DO_MS)
    const planned = plan.next(slugs, performance.now())
    if (typeof planned === 'number') return await pause(planned)
    const found = await reader.read({ ...planned, ...(planned.mayWait ? { waitMs: readWaitMs } : {}) })
    plan.note(planned, found, performance.now())
    // After a long silence it has to turn out first whose lane it is by now. Whoever has it takes over what was read too late.
    while (!mayRead() && !closing.signal.aborted) await pause(NOTHING_TO_DO_MS)
    if (mayRead() && !isLost) await take(found)
  }

  async function take(found: EntriesBySlug): Promise<void> {
    for (const [slug, entries] of found) {
      const shop = shops.get(slug)
      if (shop !== undefined) line.add(await readEntries(shop, entries, nowMs()))
    }
  }

  const pause = (ms: number) => delay(ms, undefined, { signal: closing.signal }).catch(() => undefined)

  return {
    setShops(wanted) {
      const slugs = new Set(wanted.map(({ slug }) => slug))
      for (const slug of [...shops.keys()].filter((each) => !slugs.has(each))) {
        shops.delete(slug)
        recovery.forget(slug)
      }
      // Nothing new is read before it is known whether something older was left.
      recovery.prepare([...slugs].filter((slug) => !shops.has(slug)))
      for (const shop of wanted) shops.set(shop.slug, shop)
    },
    recover(slug, heldForMs) {
      if (shops.has(slug)) recovery.ask(slug, heldForMs)
    },
    async close(options) {
      isLost = options.isLost
      closing.abort()
      await running
      await reader.close()
    },
  }
}
