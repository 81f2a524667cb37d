import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { UpdateTime } from '../registrations/registrations.ts'

/** What a contact did in a group. */
export interface GroupAct {
  groupId: string
  contactId: string
  source: string
  /**
   * The Telegram update that brought it; a pressed button has no date of its own. An act older than the one behind today's
   * membership changes nothing.
   */
  update?: Partial<UpdateTime> & { id: number; botId: string }
}

/** Joins by the contact's own act, also after leaving. Whether the group is open to it is the caller's question. */
export async function joinGroup(
  db: Database,
  shopId: string,
  act: GroupAct,
): Promise<'joined' | 'already' | 'overtaken'> {
  const { rows } = await sql<{ wasIn: boolean }>`
    insert into group_members as member (shop_id, group_id, contact_id, source, ${ACT_COLUMNS})
    values (${shopId}, ${act.groupId}, ${act.contactId}, ${act.source}, ${actValues(act)})
    on conflict (shop_id, group_id, contact_id) do update set
      source = case when member.left_at is null then member.source else excluded.source end,
      joined_at = case when member.left_at is null then member.joined_at else now() end,
      left_at = null, left_by = null, ${SET_ACT}
    where ${IS_NEWER}
    returning old.contact_id is not null and old.left_at is null as "wasIn"`.execute(db)
  const [row] = rows
  if (row === undefined) return 'overtaken'
  return row.wasIn ? 'already' : 'joined'
}

/**
 * Leaves by the contact's own act: from then on the shop cannot add them any more, even if they were not in. Registration and
 * consents stay.
 */
export async function leaveGroup(
  db: Database,
  shopId: string,
  act: GroupAct,
): Promise<'left' | 'not_in' | 'overtaken'> {
  const { rows } = await sql<{ wasIn: boolean }>`
    insert into group_members as member (shop_id, group_id, contact_id, source, left_at, left_by, ${ACT_COLUMNS})
    values (${shopId}, ${act.groupId}, ${act.contactId}, ${act.source}, now(), 'contact', ${actValues(act)})
    on conflict (shop_id, group_id, contact_id) do update set
      left_at = coalesce(member.left_at, now()), left_by = 'contact', ${SET_ACT}
    where ${IS_NEWER}
    returning old.contact_id is not null and old.left_at is null as "wasIn"`.execute(db)
  const [row] = rows
  if (row === undefined) return 'overtaken'
  return row.wasIn ? 'left' : 'not_in'
}

const ACT_COLUMNS = sql.raw('acted_at, act_update_id, act_bot_id')
const SET_ACT = sql.raw(`acted_at = excluded.acted_at, act_update_id = excluded.act_update_id,
  act_bot_id = excluded.act_bot_id`)
// A pressed button carries no time, so what came about the same time by one bot goes by its number. Not for longer: after a
// quiet week Telegram counts on from anywhere.
const IS_NEWER = sql.raw(`(member.acted_at is null or case
  when member.act_bot_id = excluded.act_bot_id
    and excluded.acted_at - member.acted_at between interval '-10 minutes' and interval '10 minutes'
    then member.act_update_id <= excluded.act_update_id
  else member.acted_at <= excluded.acted_at end)`)

function actValues({ update }: GroupAct) {
  return sql`coalesce(to_timestamp(${update?.date ?? null}), clock_timestamp()), ${update?.id ?? null}, ${update?.botId ?? null}`
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
