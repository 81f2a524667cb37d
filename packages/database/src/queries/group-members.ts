import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

/** `left_by_contact`: who left by their own act is not added again by the shop. `unknown`: the shop has no such contact. */
export type Addition = 'added' | 'already' | 'left_by_contact' | 'unknown'

/** Adds contacts to a group in the shop's name; answers what became of each, once, in the order given. */
export async function addGroupMembers(
  db: Database,
  shopId: string,
  addition: { groupId: string; externalIds: readonly string[]; source: string },
): Promise<{ externalId: string; outcome: Addition }[]> {
  const { groupId, source } = addition
  const externalIds = [...new Set(addition.externalIds)]
  const { rows } = await sql<{ externalId: string; outcome: Addition }>`
    with wanted as (
      select external_id, ordinality from unnest(${externalIds}::text[]) with ordinality as given (external_id, ordinality)
    ), known as (
      -- The same person may go by another contact's name by now.
      select wanted.external_id, live.id from wanted
      join contacts named on named.shop_id = ${shopId} and named.external_id = wanted.external_id
      join contacts live on live.shop_id = named.shop_id and live.id = coalesce(named.merged_into, named.id)
      where live.erased_at is null
    ), added as (
      insert into group_members as member (shop_id, group_id, contact_id, source)
      select distinct ${shopId}::bigint, ${groupId}::bigint, id, ${source} from known order by id
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
    from wanted
    left join known on known.external_id = wanted.external_id
    left join added on added.contact_id = known.id
    left join group_members member on member.shop_id = ${shopId} and member.group_id = ${groupId}
      and member.contact_id = known.id
    order by wanted.ordinality`.execute(db)
  return rows
}

/** Takes somebody out in the shop's name; false when they were not in. */
export async function removeGroupMember(
  db: Database,
  shopId: string,
  member: { groupId: string; contactId: string },
): Promise<boolean> {
  return await endMembership(db, shopId, { ...member, leftBy: 'shop' })
}

/**
 * Joins by the contact's own act, also after leaving; whether the group is open to it is the caller's question. False when the
 * contact was in already.
 */
export async function joinGroup(
  db: Database,
  shopId: string,
  member: { groupId: string; contactId: string; source: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into group_members as member (shop_id, group_id, contact_id, source)
    values (${shopId}, ${member.groupId}, ${member.contactId}, ${member.source})
    on conflict (shop_id, group_id, contact_id) do update
      set left_at = null, left_by = null, joined_at = now(), source = excluded.source
      where member.left_at is not null
    returning contact_id`.execute(db)
  return rows.length > 0
}

/**
 * Leaves by the contact's own act: from then on the shop cannot add them any more. Registration and consents stay. False when
 * the contact was not in; whom the shop took out may still say so for themselves.
 */
export async function leaveGroup(
  db: Database,
  shopId: string,
  member: { groupId: string; contactId: string },
): Promise<boolean> {
  return await endMembership(db, shopId, { ...member, leftBy: 'contact' })
}

async function endMembership(
  db: Database,
  shopId: string,
  member: { groupId: string; contactId: string; leftBy: 'shop' | 'contact' },
): Promise<boolean> {
  const { rows } = await sql<{ wasIn: boolean }>`
    update group_members set left_at = coalesce(left_at, now()), left_by = ${member.leftBy}
    where shop_id = ${shopId} and group_id = ${member.groupId} and contact_id = ${member.contactId}
      and (left_at is null or left_by = 'shop' and ${member.leftBy}::text = 'contact')
    returning old.left_at is null as "wasIn"`.execute(db)
  return rows[0]?.wasIn ?? false
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

/** The groups a contact is in, for the contact. */
export async function listGroupsOfContact(
  db: Database,
  shopId: string,
  contactId: string,
): Promise<{ id: string; keyword: string; name: string }[]> {
  return await db
    .selectFrom('group_members')
    .innerJoin('groups', (join) =>
      join
        .onRef('groups.shop_id', '=', 'group_members.shop_id')
        .onRef('groups.id', '=', 'group_members.group_id'),
    )
    .select(['groups.id', 'groups.keyword', 'groups.name'])
    .where('group_members.shop_id', '=', shopId)
    .where('group_members.contact_id', '=', contactId)
    .where('group_members.left_at', 'is', null)
    .orderBy('groups.keyword')
    .limit(100)
    .execute()
}
