import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

const PAGE = 2_000

export interface DerivedContact {
  id: string
  /** Its purposes are what its rows in the ledger say. */
  isDerived: boolean
}

/** The contacts of a shop, or one of them, page by page. */
export async function* listContactsToDerive(
  db: Database,
  { shopId, contactId }: { shopId: string; contactId: string | undefined },
): AsyncGenerator<DerivedContact[]> {
  let afterId = '0'
  for (;;) {
    const { rows } = await sql<DerivedContact>`
      select contact.id,
        contact.granted_purposes @> derived.granted and contact.granted_purposes <@ derived.granted
          and contact.withdrawn_purposes @> derived.withdrawn and contact.withdrawn_purposes <@ derived.withdrawn
          as "isDerived"
      from contacts contact cross join lateral (${derivedPurposes(sql`contact`)}) derived
      where contact.shop_id = ${shopId} and contact.id > ${afterId}
        and ${contactId === undefined ? sql`true` : sql`contact.id = ${contactId}`}
      order by contact.id limit ${PAGE}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    afterId = last.id
  }
}

/** What the ledger says a contact agrees to: the last act of each purpose decides. */
export function derivedPurposes(contact: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select coalesce(array_agg(purpose order by id) filter (where action = 'granted'), '{}') as granted,
      coalesce(array_agg(purpose order by id) filter (where action = 'withdrawn'), '{}') as withdrawn
    from (select distinct on (purpose) id, purpose, action from consents
      where shop_id = ${contact}.shop_id and contact_id = ${contact}.id order by purpose, id desc) last`
}
