import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** An entry of the ledger, with the words that were agreed to. */
export interface LedgerEntry {
  id: string
  contactId: string
  purpose: string
  action: 'granted' | 'withdrawn'
  /** Null when no kept words were shown; title and text are null when the ledger knows them by their hash alone. */
  wording: { version: number; hash: string; title: string | null; text: string | null } | null
  locale: string | null
  source: string
  actor: string
  evidence: Record<string, unknown>
  /** The personal proof; null when there is none, it was erased or it was not asked for. */
  details: Record<string, unknown> | null
  recordedAt: Date
  hash: Buffer
  previousHash: Buffer | null
}

export interface LedgerFilter {
  contactId: string
  purpose?: string | undefined
  action?: 'granted' | 'withdrawn' | undefined
  /** Only entries before this one. */
  before?: string | undefined
  limit: number
  isWithDetails: boolean
}

/** A contact's entries, the youngest first. Of a merged contact its own ones, up to the merge. */
export async function listConsents(
  db: Database,
  shopId: string,
  filter: LedgerFilter,
): Promise<LedgerEntry[]> {
  const { contactId, purpose, action, before, limit, isWithDetails } = filter
  const conditions = [
    sql`consent.shop_id = ${shopId}`,
    sql`consent.contact_id = ${contactId}`,
    purpose === undefined ? undefined : sql`consent.purpose = ${purpose}`,
    action === undefined ? undefined : sql`consent.action = ${action}`,
    before === undefined ? undefined : sql`consent.id < ${before}`,
  ].filter((condition) => condition !== undefined)
  const { rows } = await sql<LedgerEntry>`
    select consent.id, consent.contact_id as "contactId", consent.purpose, consent.action,
      case when consent.wording_hash is not null then jsonb_build_object('version', consent.wording_version,
        'hash', consent.wording_hash, 'title', wording.title, 'text', wording.text) end as wording,
      consent.locale, consent.source, consent.actor, consent.evidence,
      ${isWithDetails ? sql`proof.details` : sql`null::jsonb`} as details,
      consent.recorded_at as "recordedAt", consent.hash, consent.previous_hash as "previousHash"
    from consents consent
    left join wordings wording on wording.shop_id = consent.shop_id and wording.hash = consent.wording_hash
    left join consent_details proof on proof.shop_id = consent.shop_id and proof.consent_id = consent.id
    where ${sql.join(conditions, sql` and `)}
    order by consent.id desc limit ${limit}`.execute(db)
  return rows
}
