import { RETENTION_KINDS, type ClearedBatch, type OldBatch, type RetentionKind } from '@postino/database'

/** So many days each kind of data is kept; 0: for ever. */
export type RetentionDays = Record<RetentionKind, number>

export interface RetentionDependencies {
  days: RetentionDays
  /** Clears away a batch, of all shops; undefined while another process is at it. */
  clear: (batch: OldBatch) => Promise<ClearedBatch | undefined>
  cleared: (kind: RetentionKind, rows: number) => void
}

export interface Retention {
  /** Clears away whatever is older than it may be, batch by batch; returns early when it is stopped. */
  run: () => Promise<void>
  /** After the batch under way. */
  stop: () => void
}

/** What is too old to be kept goes. Whoever finds another process at it leaves the rest to that one. */
export function createRetention({ days, clear, cleared }: RetentionDependencies): Retention {
  const stopping = new AbortController()

  /** False when another process is at it, or this one stops. */
  async function clearKind(kind: RetentionKind): Promise<boolean> {
    let from: string | undefined
    for (;;) {
      if (stopping.signal.aborted) return false
      const batch = await clear({ kind, olderThanDays: days[kind], from })
      if (batch === undefined) return false
      cleared(kind, batch.rows)
      if (batch.next === undefined) return true
      from = batch.next
    }
  }

  async function run(): Promise<void> {
    for (const kind of RETENTION_KINDS.filter((each) => days[each] > 0)) if (!(await clearKind(kind))) return
  }

  return { run, stop: () => stopping.abort() }
}
