import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ExportedConsent } from '../privacy/contact-export.ts'
import { rfc3339 } from '../rfc3339.ts'

const PAGE = 1_000

/** The ledger of a shop, or of some of its contacts, oldest first, with all that proves it, page by page. */
export async function* listLedger(
  db: Database,
  shopId: string,
  { contactIds }: { contactIds?: string[] } = {},
): AsyncGenerator<ExportedConsent[]> {
  const isMeant =
    contactIds === undefined ? sql`true` : sql`consent.contact_id = any (${contactIds}::bigint[])`
  let afterId = '0'
  for (;;) {
    const { rows } = await sql<ExportedConsent>`
      select consent.id, consent.contact_id, consent.purpose, consent.action,
        case when consent.wording_id is not null then jsonb_build_object('id', consent.wording_id,
          'version', consent.wording_version, 'hash', consent.wording_hash, 'title', wording.title,
          'text', wording.text) end as wording,
        consent.locale, consent.source, consent.actor, consent.evidence, proof.details,
        ${rfc3339('consent.recorded_at')} as recorded_at, encode(consent.hash, 'hex') as hash,
        encode(consent.previous_hash, 'hex') as previous_hash
      from consents consent
      left join wordings wording on wording.shop_id = consent.shop_id and wording.hash = consent.wording_hash
      left join consent_details proof on proof.shop_id = consent.shop_id and proof.consent_id = consent.id
      where consent.shop_id = ${shopId} and ${isMeant} and consent.id > ${afterId}
      order by consent.id limit ${PAGE}`.execute(db)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    afterId = last.id
  }
}
