import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** How a request names a contact: by our id or the shop's. */
export type ContactName = { id: string } | { externalId: string }

export interface NamedContact {
  id: string
  externalId: string
  /** Nothing can be added to it any more. */
  isErased: boolean
}

/** Whom a name means now: who was merged goes by the contact they have become. */
export async function findNamedContact(
  db: Database,
  shopId: string,
  name: ContactName,
): Promise<NamedContact | undefined> {
  return await selectNamed(db, { shopId, name, lock: sql`` })
}

/** The same; until the transaction ends nobody adds to its ledger, merges or erases it. */
export async function lockNamedContact(
  trx: Database,
  shopId: string,
  name: ContactName,
): Promise<NamedContact | undefined> {
  const named = { shopId, name, lock: sql`for update of live` }
  // Who was merged while this waited for the lock is found by a newer look only.
  return (await selectNamed(trx, named)) ?? (await selectNamed(trx, named))
}

async function selectNamed(
  db: Database,
  { shopId, name, lock }: { shopId: string; name: ContactName; lock: RawBuilder<unknown> },
): Promise<NamedContact | undefined> {
  const isNamed = 'id' in name ? sql`named.id = ${name.id}` : sql`named.external_id = ${name.externalId}`
  const { rows } = await sql<NamedContact>`
    select live.id, live.external_id as "externalId", live.erased_at is not null as "isErased"
    from contacts named
    join contacts live on live.shop_id = named.shop_id and live.id = coalesce(named.merged_into, named.id)
    where named.shop_id = ${shopId} and ${isNamed} and live.merged_into is null
    ${lock}`.execute(db)
  return rows[0]
}
