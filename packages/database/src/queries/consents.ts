import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

/** One act of a contact, or of somebody for them: a grant or a withdrawal for one purpose, with its proof. */
export interface ConsentEntry {
  purpose: string
  action: 'granted' | 'withdrawn'
  /** The sentence that was shown. */
  wording?: { id: string; version: number; hash: string }
  locale?: string
  source: string
  actor: string
  /** What proves it: the Telegram update or the web request, without names or texts. */
  evidence: Record<string, string | number>
}

/** Adds entries to the ledger, in their order. The database chains them and derives what the contact agrees to now. */
export async function insertConsents(
  db: Database,
  shopId: string,
  contactId: string,
  entries: ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into consents (shop_id, contact_id, purpose, action, wording_id, wording_version, wording_hash, locale,
      source, actor, evidence)
    select ${shopId}, ${contactId}, entry.purpose, entry.action, entry.wording ->> 'id',
      (entry.wording ->> 'version')::int, entry.wording ->> 'hash', entry.locale, entry.source, entry.actor, entry.evidence
    from rows from (jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as (
      purpose text, action text, wording jsonb, locale text, source text, actor text, evidence jsonb))
      with ordinality as entry
    order by entry.ordinality`.execute(db)
}
