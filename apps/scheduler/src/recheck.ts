import { setImmediate } from 'node:timers/promises'
import type { Judgement, VersionKey, VersionToRecheck } from '@postino/database'

export interface RecheckDependencies {
  /** Drafts and published versions an older checker judged last, `limit` of them after the given one. */
  list: (page: { after: VersionKey | undefined; limit: number }) => Promise<VersionToRecheck[]>
  /** Takes some milliseconds. */
  judge: (version: VersionToRecheck) => Judgement
  /** False when somebody else was faster, or the version was written anew. */
  save: (version: VersionToRecheck, judgement: Judgement) => Promise<boolean>
  rechecked: (version: VersionToRecheck, findings: Judgement['findings']) => void
  /** The checker itself broke on a version, which stays as it was judged. */
  failed: (version: VersionToRecheck, error: unknown) => void
}

export interface Recheck {
  /** Judges anew, in small batches, whatever an older checker judged last; returns early when it is stopped. */
  run: () => Promise<void>
  /** After the version under way. */
  stop: () => void
}

const BATCH = 20

/** Any number of processes may do it side by side: what is found is kept, and told, once. */
export function createRecheck({ list, judge, save, rechecked, failed }: RecheckDependencies): Recheck {
  const stopping = new AbortController()

  async function recheckOne(version: VersionToRecheck): Promise<void> {
    let judgement: Judgement
    try {
      judgement = judge(version)
    } catch (error) {
      return failed(version, error)
    }
    if (await save(version, judgement)) rechecked(version, judgement.findings)
  }

  async function run(): Promise<void> {
    let after: VersionKey | undefined
    for (;;) {
      const versions = await list({ after, limit: BATCH })
      for (const version of versions) {
        if (stopping.signal.aborted) return
        await recheckOne(version)
        // The sweeper’s work stands beside this.
        await setImmediate()
      }
      if (versions.length < BATCH) return
      after = versions.at(-1)
    }
  }

  return { run, stop: () => stopping.abort() }
}
