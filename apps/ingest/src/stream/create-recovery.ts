import type { IntakeEntry, IntakeStreams } from '@postino/queues'

export interface RecoveryDependencies {
  streams: Pick<IntakeStreams, 'prepare' | 'look' | 'forgetReaders' | 'takeOver'>
  /** Whether this stream may be touched: nothing of it is under way here, and it is this process that reads it. */
  mayGoOn: (slug: string) => boolean
  /** Gets what was left of a stream, in order. */
  take: (slug: string, entries: IntakeEntry[]) => Promise<void>
}

export interface Recovery {
  /** These streams are new here, or gone: their groups are made, and what any reader has of them is taken over. */
  prepare(slugs: Iterable<string>): void
  /** What was read from this stream so long ago is to be taken over. */
  ask(slug: string, heldForMs: number): void
  forget(slug: string): void
  /** The stream must not be read yet. */
  isNeeded(slug: string): boolean
  /** Does what can be done now. */
  goOn(): Promise<void>
}

/** Sees to it that what was read from a stream and not done is done before anything newer is read from it. */
export function createRecovery({ streams, mayGoOn, take }: RecoveryDependencies): Recovery {
  const unprepared = new Set<string>()
  /** How long ago the entries must have been read. */
  const waiting = new Map<string, number>()

  async function prepareAll(): Promise<void> {
    const slugs = [...unprepared]
    await streams.prepare(slugs)
    // Whoever had the lane before us has it no more: it does not matter how long ago.
    for (const { slug, pending } of await streams.look(slugs)) if (pending > 0) waiting.set(slug, 0)
    await streams.forgetReaders(slugs)
    for (const slug of slugs) unprepared.delete(slug)
  }

  return {
    prepare(slugs) {
      for (const slug of slugs) unprepared.add(slug)
    },
    ask(slug, heldForMs) {
      if (!waiting.has(slug)) waiting.set(slug, heldForMs)
    },
    forget(slug) {
      unprepared.delete(slug)
      waiting.delete(slug)
    },
    isNeeded: (slug) => unprepared.has(slug) || waiting.has(slug),
    async goOn() {
      if (unprepared.size > 0) await prepareAll()
      for (const [slug, heldForMs] of waiting) {
        if (!mayGoOn(slug)) continue
        await take(slug, await streams.takeOver(slug, heldForMs))
        waiting.delete(slug)
        await streams.forgetReaders([slug])
      }
    },
  }
}
