import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { insertConsents, type ConsentEntry } from '../ledger/consents.ts'

export interface Merge {
  /** Ends: nothing but its id and its ledger stays with it. */
  fromContactId: string
  /** Lives on. */
  intoContactId: string
  /** What shows that both are one person. */
  matchedBy: 'external_id' | 'phone' | 'email' | 'link' | 'operator'
  actor: string
  /** What proves it, such as the Telegram update; nothing personal. */
  evidence: Record<string, string | number>
}

/** `not_live`: one of the two is not the shop's, is the other one, or was merged or erased before; nothing has changed. */
export type MergeOutcome = { status: 'merged'; mergeId: string } | { status: 'not_live' }

/**
 * Makes two contacts one, in the caller's transaction: chats, groups, what waits to be sent and opt-in links go to the
 * survivor, whose own profile goes before. A withdrawal of either stands; a grant counts where the survivor has never said
 * anything. Whoever left a group by their own act stays outside.
 */
export async function mergeContacts(db: Database, shopId: string, merge: Merge): Promise<MergeOutcome> {
  const { fromContactId, intoContactId } = merge
  if (!(await lockBoth(db, shopId, merge))) return { status: 'not_live' }
  await moveChats(db, shopId, merge)
  await moveGroups(db, shopId, merge)
  await db
    .updateTable('optin_links')
    .set({ contact_id: intoContactId })
    .where('shop_id', '=', shopId)
    .where('contact_id', '=', fromContactId)
    .execute()
  await moveProfile(db, shopId, merge)
  await insertConsents(db, shopId, intoContactId, await listConsentsToMove(db, shopId, merge))
  const { id: mergeId } = await db
    .insertInto('contact_merges')
    .values({
      shop_id: shopId,
      from_contact_id: fromContactId,
      into_contact_id: intoContactId,
      matched_by: merge.matchedBy,
      actor: merge.actor,
      evidence: JSON.stringify(merge.evidence),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { status: 'merged', mergeId }
}

/** In the order in which a STOP takes its locks: the chats first, then the contacts, by their ids. */
async function lockBoth(db: Database, shopId: string, merge: Merge): Promise<boolean> {
  const { fromContactId, intoContactId } = merge
  await sql`
    select from registrations where shop_id = ${shopId} and contact_id = ${fromContactId} order by id for update`.execute(
    db,
  )
  const { rows } = await sql<{ id: string }>`
    select id from contacts
    where shop_id = ${shopId} and id in (${fromContactId}, ${intoContactId}) and merged_into is null and erased_at is null
    order by id for update`.execute(db)
  return rows.length === 2
}

/** What waits to be sent goes along, and what is under way, which may come back to wait. */
async function moveChats(
  db: Database,
  shopId: string,
  { fromContactId, intoContactId }: Merge,
): Promise<void> {
  await sql`
    with moved as (
      update registrations set contact_id = ${intoContactId}
      where shop_id = ${shopId} and contact_id = ${fromContactId}
      returning id, bot_id, chat_id
    ), theirs as (
      select shop_id, id from messages where ended_at is null and id = any (array(
        select message.id from moved join messages message on message.bot_id = moved.bot_id and message.ended_at is null
          and message.chat_id = moved.chat_id and message.registration_id = moved.id and message.status = 'queued'
        union all
        select message.id from moved join messages message on message.bot_id = moved.bot_id and message.ended_at is null
          and message.registration_id = moved.id and message.status = 'sending'
        union all
        select message.id from moved join messages message on message.bot_id = moved.bot_id and message.ended_at is null
          and message.registration_id = moved.id and message.status = 'unknown' and message.due_at is not null))
      order by id for update
    )
    update messages message set contact_id = ${intoContactId}
    from theirs where message.shop_id = theirs.shop_id and message.id = theirs.id and message.ended_at is null
      and message.contact_id = ${fromContactId}`.execute(db)
}

async function moveGroups(
  db: Database,
  shopId: string,
  { fromContactId, intoContactId }: Merge,
): Promise<void> {
  await sql`
    with former as (
      delete from group_members where shop_id = ${shopId} and contact_id = ${fromContactId} returning *
    )
    insert into group_members as member (shop_id, group_id, contact_id, source, joined_at, left_at, left_by,
      act_bot_id, act_update_id, acted_at)
    select shop_id, group_id, ${intoContactId}, source, joined_at, left_at, left_by, act_bot_id, act_update_id, acted_at
    from former
    on conflict (shop_id, group_id, contact_id) do update set
      left_at = case
        when 'contact' in (member.left_by, excluded.left_by) then coalesce(member.left_at, excluded.left_at)
        when member.left_at is null or excluded.left_at is null then null
        else member.left_at end,
      left_by = case
        when 'contact' in (member.left_by, excluded.left_by) then 'contact'
        when member.left_at is null or excluded.left_at is null then null
        else member.left_by end`.execute(db)
}

/** The survivor's own fields stay; only what it has not is filled, a phone or mailbox together with its proof. */
async function moveProfile(
  db: Database,
  shopId: string,
  { fromContactId, intoContactId }: Merge,
): Promise<void> {
  await sql`
    with former as (
      update contacts set merged_into = ${intoContactId}, first_name = null, last_name = null, locale = null,
        time_zone = null, phone = null, phone_verified_at = null, email = null, email_verified_at = null,
        birthday = null, attributes = '{}', updated_at = now()
      where shop_id = ${shopId} and id = ${fromContactId}
      returning old.*
    ), survivor as (
      update contacts survivor set
        first_name = coalesce(survivor.first_name, former.first_name),
        last_name = coalesce(survivor.last_name, former.last_name),
        locale = coalesce(survivor.locale, former.locale),
        time_zone = coalesce(survivor.time_zone, former.time_zone),
        phone = coalesce(survivor.phone, former.phone),
        phone_verified_at = coalesce(survivor.phone_verified_at,
          case when coalesce(survivor.phone, former.phone) = former.phone then former.phone_verified_at end),
        email = coalesce(survivor.email, former.email),
        email_verified_at = coalesce(survivor.email_verified_at,
          case when lower(coalesce(survivor.email, former.email)) = lower(former.email) then former.email_verified_at end),
        birthday = coalesce(survivor.birthday, former.birthday),
        attributes = former.attributes || survivor.attributes,
        updated_at = now()
      from former where survivor.shop_id = ${shopId} and survivor.id = ${intoContactId}
    )
    -- Whoever became the former one before is the survivor now: one step leads there, however many there were.
    update contacts set merged_into = ${intoContactId} where shop_id = ${shopId} and merged_into = ${fromContactId}`.execute(
    db,
  )
}

/** Of each purpose the former contact's last word, where the survivor has to take it over. */
async function listConsentsToMove(
  db: Database,
  shopId: string,
  { fromContactId, intoContactId, actor }: Merge,
): Promise<ConsentEntry[]> {
  const { rows } = await sql<LastWord>`
    select last.id, last.purpose, last.action, last.locale, case when last.wording_id is not null then
      jsonb_build_object('id', last.wording_id, 'version', last.wording_version, 'hash', last.wording_hash) end as wording
    from (
      select distinct on (purpose) * from consents
      where shop_id = ${shopId} and contact_id = ${fromContactId} order by purpose, id desc
    ) last
    join contacts survivor on survivor.shop_id = ${shopId} and survivor.id = ${intoContactId}
    where last.purpose <> all (survivor.withdrawn_purposes)
      and (last.action = 'withdrawn' or last.purpose <> all (survivor.granted_purposes))
    order by last.id`.execute(db)
  return rows.map(({ id, wording, locale, ...entry }) => ({
    ...entry,
    ...(wording !== null && { wording }),
    ...(locale !== null && { locale }),
    source: 'merge',
    actor,
    evidence: { merged_contact_id: fromContactId, consent_id: id },
  }))
}

interface LastWord {
  id: string
  purpose: string
  action: 'granted' | 'withdrawn'
  locale: string | null
  wording: { id: string; version: number; hash: string } | null
}
