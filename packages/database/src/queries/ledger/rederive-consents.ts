import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { derivedPurposes, listContactsToDerive } from './derived-purposes.ts'
import { listShopIds, type LedgerScope } from './ledger-scope.ts'

/** Writes what contacts agree to anew, as their rows in the ledger say, where it differs. Answers how many it mended. */
export async function rederiveConsents(db: Database, scope: LedgerScope): Promise<number> {
  let mended = 0
  for (const shopId of await listShopIds(db, scope)) {
    for await (const contacts of listContactsToDerive(db, { shopId, contactId: scope.contactId })) {
      const ids = contacts.filter(({ isDerived }) => !isDerived).map(({ id }) => id)
      if (ids.length > 0) mended += await rederive(db, shopId, ids)
    }
  }
  return mended
}

async function rederive(db: Database, shopId: string, ids: string[]): Promise<number> {
  return await inTransaction(db, async (trx) => {
    // Nobody adds to their rows meanwhile; what was added until now shows in the next statement.
    await sql`
      select from contacts where shop_id = ${shopId} and id = any (${ids}::bigint[]) order by id for update`.execute(
      trx,
    )
    const { rows } = await sql`
      update contacts set granted_purposes = derived.granted, withdrawn_purposes = derived.withdrawn, updated_at = now()
      from contacts contact cross join lateral (${derivedPurposes(sql`contact`)}) derived
      where contact.shop_id = ${shopId} and contact.id = any (${ids}::bigint[])
        and contacts.shop_id = contact.shop_id and contacts.id = contact.id
      returning contacts.id`.execute(trx)
    return rows.length
  })
}
