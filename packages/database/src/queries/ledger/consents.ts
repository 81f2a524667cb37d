import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { judgeDeferredNow } from '../messages/judge-deferred-now.ts'
import { sealDetails } from './consent-details.ts'

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
  /**
   * What proves it and is personal: a reference, an address, claims. Kept beside the ledger, which has only its hash, so
   * that it can be erased and the ledger stays whole. JSON, of what Postgres can keep. `ip` and `user_agent` are kept for
   * less than the rest.
   */
  details?: Record<string, unknown>
}

/**
 * Adds entries to the ledger, in their order, and answers their numbers. The database chains them and derives what the
 * contact agrees to now. What is deferred for a contact who withdraws is looked at again at once.
 */
export async function insertConsents(
  db: Database,
  shopId: string,
  contactId: string,
  entries: ConsentEntry[],
): Promise<string[]> {
  if (entries.length === 0) return []
  const withdraws = entries.some(({ action }) => action === 'withdrawn')
  const { rows } = await sql<{ id: string }>`
    with entry as (
      select * from rows from (jsonb_to_recordset(${JSON.stringify(entries.map(withHash))}::jsonb) as (
        purpose text, action text, wording jsonb, locale text, source text, actor text, evidence jsonb, details jsonb))
        with ordinality
    ), inserted as (
      insert into consents (shop_id, contact_id, purpose, action, wording_id, wording_version, wording_hash, locale,
        source, actor, evidence)
      select ${shopId}, ${contactId}, purpose, action, wording ->> 'id', (wording ->> 'version')::int,
        wording ->> 'hash', locale, source, actor, evidence
      from entry order by ordinality
      returning shop_id, id, evidence
    ), proven as (
      insert into consent_details (shop_id, consent_id, details)
      select inserted.shop_id, inserted.id, entry.details
      from inserted join entry on entry.details is not null
        and entry.evidence ->> 'details_hash' = inserted.evidence ->> 'details_hash'
    ) ${withdraws ? sql`, deferred as (${judgeDeferredNow({ shopId, contactId })})` : sql``}
    select id from inserted order by id`.execute(db)
  return rows.map(({ id }) => id)
}

function withHash(entry: ConsentEntry): ConsentEntry {
  if (entry.details === undefined) return entry
  const { details, hash } = sealDetails(entry.details)
  return { ...entry, details, evidence: { ...entry.evidence, details_hash: hash } }
}
