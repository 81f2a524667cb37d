import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

/** `left_by_contact`: who left by their own act is not added again by the shop. `unknown`: the shop has no such contact. */
export type Addition = 'added' | 'already' | 'left_by_contact' | 'unknown'

/** Adds contacts to a group in the shop's name; answers what became of each, once, in the order given; undefined when there is no such group. */
export async function addGroupMembers(
  db: Database,
  shopId: string,
  addition: { groupId: string; externalIds: readonly string[]; source: string },
): Promise<{ externalId: string; outcome: Addition }[] | undefined> {
  const { groupId, source } = addition
  const externalIds = [...new Set(addition.externalIds)]
  const { rows } = await sql<{ externalId: string; outcome: Addition }>`
    with joined as (
      -- It cannot be deleted meanwhile.
      select id from groups where shop_id = ${shopId} and id = ${groupId} for key share
    ), wanted as (
      select external_id, ordinality from unnest(${externalIds}::text[]) with ordinality as given (external_id, ordinality)
    ), known as (
      -- The same person may go by another contact's name by now.
      select wanted.external_id, live.id from wanted
      join contacts named on named.shop_id = ${shopId} and named.external_id = wanted.external_id
      join contacts live on live.shop_id = named.shop_id and live.id = coalesce(named.merged_into, named.id)
      where live.erased_at is null
    ), added as (
      insert into group_members as member (shop_id, group_id, contact_id, source)
      select distinct ${shopId}::bigint, joined.id, known.id, ${source} from known cross join joined order by known.id
      on conflict (shop_id, group_id, contact_id) do update
        set left_at = null, left_by = null, joined_at = now(), source = excluded.source
        where member.left_by = 'shop'
      returning contact_id
    )
    select wanted.external_id as "externalId", case
        when known.id is null then 'unknown'
        when added.contact_id is not null then 'added'
        when member.left_by = 'contact' then 'left_by_contact'
        else 'already'
      end as outcome
    from wanted cross join joined
    left join known on known.external_id = wanted.external_id
    left join added on added.contact_id = known.id
    left join group_members member on member.shop_id = ${shopId} and member.group_id = ${groupId}
      and member.contact_id = known.id
    order by wanted.ordinality`.execute(db)
  return rows.length < externalIds.length ? undefined : rows
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
