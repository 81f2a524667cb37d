import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { findGroup } from './groups.ts'

/** `left_by_contact`: who left by their own act is not added again by the shop. `unknown`: the shop has no such contact. */
export type Addition = 'added' | 'already' | 'left_by_contact' | 'unknown'

/**
 * Adds contacts to a group in the shop's name. Answers what became of each, once, in the order given; undefined when there is
 * no such group.
 */
export async function addGroupMembers(
  db: Database,
  shopId: string,
  addition: { groupId: string; externalIds: readonly string[]; source: string },
): Promise<{ externalId: string; outcome: Addition }[] | undefined> {
  const { groupId, source } = addition
  const externalIds = [...new Set(addition.externalIds)]
  const add = async (trx: Database) => {
    // It cannot be deleted meanwhile.
    if ((await findGroup(trx, shopId, { id: groupId }, { isKept: true })) === undefined) return undefined
    const contactIds = await findContactIds(trx, shopId, externalIds)
    const present = await keepLiveContacts(trx, shopId, [...new Set(contactIds.values())])
    const place = { groupId, contactIds: [...present] }
    const added = await insertMembers(trx, shopId, { ...place, source })
    const left = await findThoseWhoLeft(trx, shopId, place)
    const outcomeFor = (contactId: string | undefined): Addition => {
      if (contactId === undefined || !present.has(contactId)) return 'unknown'
      if (added.has(contactId)) return 'added'
      return left.has(contactId) ? 'left_by_contact' : 'already'
    }
    return externalIds.map((externalId) => ({ externalId, outcome: outcomeFor(contactIds.get(externalId)) }))
  }
  return await inTransaction(db, add)
}

/** By external id; the same person may go by another contact's name by now. */
async function findContactIds(
  trx: Database,
  shopId: string,
  externalIds: string[],
): Promise<Map<string, string>> {
  // One by one by their index, also while Postgres does not know yet how large a new book is.
  const { rows } = await sql<{ externalId: string; id: string }>`
    select given.external_id as "externalId", named.id from unnest(${externalIds}::text[]) as given (external_id)
    cross join lateral (
      select coalesce(merged_into, id) as id from contacts
      where shop_id = ${shopId} and external_id = given.external_id limit 1
    ) named`.execute(trx)
  return new Map(rows.map(({ externalId, id }) => [externalId, id]))
}

/** Those who can be added: nobody erases or merges them before the transaction ends. Locked by their ids, as everywhere. */
async function keepLiveContacts(trx: Database, shopId: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select live.id from (select id from unnest(${ids}::bigint[]) as given (id) order by id) given
    cross join lateral (
      select id from contacts
      where shop_id = ${shopId} and id = given.id and merged_into is null and erased_at is null limit 1 for share
    ) live`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

interface Place {
  groupId: string
  contactIds: string[]
}

/** In the order of their ids, so that those who add the same people at once wait for each other and not in a circle. */
async function insertMembers(
  trx: Database,
  shopId: string,
  { groupId, contactIds, source }: Place & { source: string },
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into group_members as member (shop_id, group_id, contact_id, source)
    select ${shopId}::bigint, ${groupId}::bigint, id, ${source} from unnest(${contactIds}::bigint[]) as given (id) order by id
    on conflict (shop_id, group_id, contact_id) do update
      set left_at = null, left_by = null, joined_at = now(), source = excluded.source
      where member.left_by = 'shop'
    returning contact_id as id`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

async function findThoseWhoLeft(
  trx: Database,
  shopId: string,
  { groupId, contactIds }: Place,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select given.id from unnest(${contactIds}::bigint[]) as given (id)
    cross join lateral (
      select left_by from group_members
      where shop_id = ${shopId} and group_id = ${groupId} and contact_id = given.id limit 1
    ) member
    where member.left_by = 'contact'`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** Takes somebody out in the shop's name; false when they were not in. */
export async function removeGroupMember(
  db: Database,
  shopId: string,
  member: { groupId: string; contactId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('group_members')
    .set((set) => ({ left_at: set.fn('now'), left_by: 'shop' }))
    .where('shop_id', '=', shopId)
    .where('group_id', '=', member.groupId)
    .where('contact_id', '=', member.contactId)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface GroupMember {
  contactId: string
  externalId: string
  firstName: string | null
  lastName: string | null
  source: string
  joinedAt: Date
}

/** Who is in a group now, in the order of their ids, `limit` of them after the given contact. */
export async function listGroupMembers(
  db: Database,
  shopId: string,
  page: { groupId: string; after?: string | undefined; limit: number },
): Promise<GroupMember[]> {
  const { rows } = await sql<GroupMember>`
    select member.contact_id as "contactId", contact.external_id as "externalId", contact.first_name as "firstName",
      contact.last_name as "lastName", member.source, member.joined_at as "joinedAt"
    from group_members member
    join contacts contact on contact.shop_id = member.shop_id and contact.id = member.contact_id
    where member.shop_id = ${shopId} and member.group_id = ${page.groupId} and member.left_at is null
      and member.contact_id > ${page.after ?? '0'}
    order by member.contact_id limit ${page.limit}`.execute(db)
  return rows
}
