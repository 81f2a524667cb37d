import type { RetentionKind } from '@postino/database'

/** So many days each kind of data is kept; 0: for ever. */
export type RetentionDays = Record<RetentionKind | 'telegram_updates', number>

export interface RetentionDependencies {
  days: RetentionDays
  listShopIds: () => Promise<string[]>
  /** Clears away a batch; undefined while another process is at it. */
  clear: (batch: {
    kind: RetentionKind
    shopId: string
    olderThanDays: number
    afterId?: string
  }) => Promise<{ rows: number; nextAfterId?: string } | undefined>
  clearUpdates: (options: {
    olderThanDays: number
  }) => Promise<{ rows: number; hasMore: boolean } | undefined>
  cleared: (kind: RetentionKind | 'telegram_updates', rows: number) => void
}

export interface Retention {
  /** Clears away whatever is older than it may be, batch by batch; returns early when it is stopped. */
  run: () => Promise<void>
  /** After the batch under way. */
  stop: () => void
}

// The content goes before what carries it.
const ORDER = [
  'event_data',
  'message_content',
  'messages',
  'events',
  'optin_links',
  'consent_visitors',
  'consent_details',
] as const satisfies RetentionKind[]

/** What is too old to be kept goes. Whoever finds another process at it leaves the rest to that one. */
export function createRetention(dependencies: RetentionDependencies): Retention {
  const { days, listShopIds, clear, clearUpdates, cleared } = dependencies
  const stopping = new AbortController()

  /** False when another process is at it, or this one stops. */
  async function clearKind(shopId: string, kind: RetentionKind): Promise<boolean> {
    const olderThanDays = days[kind]
    let afterId: string | undefined
    for (;;) {
      if (stopping.signal.aborted) return false
      const batch = await clear({ kind, shopId, olderThanDays, ...(afterId !== undefined && { afterId }) })
      if (batch === undefined) return false
      cleared(kind, batch.rows)
      if (batch.nextAfterId === undefined) return true
      afterId = batch.nextAfterId
    }
  }

  async function clearAllUpdates(olderThanDays: number): Promise<boolean> {
    for (;;) {
      if (stopping.signal.aborted) return false
      const batch = await clearUpdates({ olderThanDays })
      if (batch === undefined) return false
      cleared('telegram_updates', batch.rows)
      if (!batch.hasMore) return true
    }
  }

  async function run(): Promise<void> {
    if (days.telegram_updates > 0 && !(await clearAllUpdates(days.telegram_updates))) return
    const kinds = ORDER.filter((kind) => days[kind] > 0)
    for (const shopId of await listShopIds())
      for (const kind of kinds) if (!(await clearKind(shopId, kind))) return
  }

  return { run, stop: () => stopping.abort() }
}
