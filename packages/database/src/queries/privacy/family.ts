import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { lockPeople } from '../registrations/lock-person.ts'

/** A contact of a person, who may have had several before they were merged. */
export interface FamilyMember {
  id: string
  externalId: string
  mergedInto: string | null
  erasedAt: Date | null
}

/** Every contact this person goes by, in the order of their ids: the live one, and those that were merged into it. */
export async function listFamily(db: Database, shopId: string, contactId: string): Promise<FamilyMember[]> {
  const { rows } = await sql<FamilyMember>`
    select id, external_id as "externalId", merged_into as "mergedInto", erased_at as "erasedAt" from contacts
    where shop_id = ${shopId} and id in (${familyIds(shopId, contactId)}) order by id`.execute(db)
  return rows
}

/** The same; they do nothing in the shop's bots, and nobody else binds or merges them, until the transaction ends. */
export async function lockFamily(db: Database, shopId: string, contactId: string): Promise<FamilyMember[]> {
  // In the order in which a tap, a STOP and a merge take their locks.
  const { rows: people } = await sql<{ id: string }>`
    select distinct telegram_user_id as id from registrations
    where shop_id = ${shopId} and contact_id in (${familyIds(shopId, contactId)})`.execute(db)
  await lockPeople(
    db,
    shopId,
    people.map(({ id }) => id),
  )
  await sql`
    select from registrations where shop_id = ${shopId} and contact_id in (${familyIds(shopId, contactId)})
    order by id for update`.execute(db)
  await sql`
    select from contacts where shop_id = ${shopId} and id in (${familyIds(shopId, contactId)}) order by id for update`.execute(
    db,
  )
  // What a merge changed while this waited shows only in a newer snapshot.
  return await listFamily(db, shopId, contactId)
}

function familyIds(shopId: string, contactId: string): RawBuilder<unknown> {
  return sql`
    with recursive family as (
      select coalesce(merged_into, id) as id from contacts where shop_id = ${shopId} and id = ${contactId}
      union
      select merge.from_contact_id from family
      join contact_merges merge on merge.shop_id = ${shopId} and merge.into_contact_id = family.id
    ) select id from family`
}
