import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../../create-database.ts'
import { isLater } from '../is-later.ts'
import { isRival, MOST_RIVALS } from './replaced-messages.ts'
import type { QueuedOutcome } from './render-outcome.ts'
import { isStillToRender } from './still-to-render.ts'

type Outcome = QueuedOutcome & { id: string; revision?: number }

export interface QueuedMessage {
  id: string
  shopId: string
  botId: string
}

/**
 * Queues those that nobody waits beside: no other news of the same thing, no later state that was told. That is nearly all of
 * them, and costs little more than an update alone. All others stay `accepted` for `moveRendered`, and so do those that come
 * together with others of `together` about the same thing, and all of them when one of their contacts was erased meanwhile;
 * without `hasNumber` those with a sequence.
 *
 * Two renderers that meet over a thing keep its newest here as there: the newer message sees the older one that waits,
 * whether rendered or not, and is no longer alone; the older one takes nothing but its own row.
 */
export async function queueAlone(
  db: Database,
  outcomes: Outcome[],
  { together, hasNumber }: { together: string[]; hasNumber: boolean },
): Promise<QueuedMessage[]> {
  if (outcomes.length === 0) return []
  // In the order of their ids, in which everybody takes rows of messages.
  const inOrder = outcomes.toSorted((one, other) => compareIds(one.id, other.id))
  const each = (read: (outcome: Outcome) => Value | undefined, otherwise: Value = null) =>
    listOf(inOrder.map((outcome) => read(outcome) ?? otherwise))
  const contents = storable(JSON.stringify(inOrder.map(({ content }) => content)))
  const isTogether = sql`rival.id = any (${listOf(together)}::bigint[])`
  const { rows } = await sql<QueuedMessage>`
    update messages_open message set
      status = 'queued', contact_id = outcome.contact_id, registration_id = outcome.registration_id, bot_id = outcome.bot_id,
      chat_id = outcome.chat_id, template_id = outcome.template_id, template_version = outcome.template_version,
      content = outcome.content, cost = outcome.cost, on_unknown = outcome.on_unknown,
      deadline_at = least(message.deadline_at, to_timestamp(outcome.deadline_ms / 1000)),
      quiet_from = to_timestamp(outcome.quiet_ms / 1000), replaces_older = outcome.replaces_older, queued_at = clock_timestamp()
    from (select * from rows from (
      unnest(${each(({ id }) => id)}::bigint[], ${each(({ revision }) => revision, 0)}::smallint[],
        ${each(({ contactId }) => contactId)}::bigint[], ${each(({ registrationId }) => registrationId)}::bigint[],
        ${each(({ botId }) => botId)}::bigint[], ${each(({ chatId }) => chatId)}::bigint[],
        ${each(({ templateId }) => templateId)}::bigint[], ${each(({ templateVersion }) => templateVersion)}::int[],
        ${each(({ cost }) => cost, 1)}::smallint[], ${each(({ onUnknown }) => onUnknown)}::text[],
        ${each(({ deadlineAtMs }) => deadlineAtMs)}::float8[], ${each(({ quietFromMs }) => quietFromMs)}::float8[],
        ${each(({ replacesOlder }) => replacesOlder, false)}::boolean[]),
      json_array_elements(${contents})
    ) as listed (id, revision, contact_id, registration_id, bot_id, chat_id, template_id, template_version, cost, on_unknown,
      deadline_ms, quiet_ms, replaces_older, content)
      -- Of a number it does not know Postgres expects a tenth: so few that one plan does for all calls.
      limit ${outcomes.length}::int) outcome
    where message.id = outcome.id and ${isStillToRender()} and message.revision = outcome.revision
      and not exists (select from contacts where id = any (${each(({ contactId }) => contactId)}::bigint[]) and erased_at is not null)
      and (message.collapse_key is null or message.is_test or not (outcome.replaces_older or message.sequence is not null) or (
        select rival.id from messages_open rival where ${isSame('rival')} and rival.id <> message.id
          and ${isRival('rival', 'message', isTogether)} limit 1) is null)
      and ${hasNumber ? isNotStale() : sql`message.sequence is null`}
    returning message.id, message.shop_id as "shopId", message.bot_id as "botId"`.execute(db)
  return rows
}

/** JSON keeps what jsonb refuses, as others read it: a NUL, half a character. Both are written with an escape, and little else is. */
function storable(json: string): RawBuilder<unknown> {
  return json.includes(String.raw`\u`) ? sql`${json}::jsonb::json` : sql`${json}::json`
}

type Value = string | number | boolean | null

/** No later state of the same thing is told: the one thing that history is asked for, and so of numbered news alone. */
function isNotStale(): RawBuilder<boolean> {
  return sql`(message.sequence is null or message.collapse_key is null or message.is_test or (
    select told.id from (
      select id, sequence from messages other where ${isSame('other')} and not is_test
        and sequence is not null and status in ('sending', 'sent', 'unknown') order by id desc limit ${sql.lit(MOST_RIVALS)}
    ) told where ${isLater(sql`told.sequence`, sql`message.sequence`)} limit 1) is null)`
}

function isSame(other: string): RawBuilder<unknown> {
  return sql.raw(`${other}.shop_id = message.shop_id and ${other}.recipient = message.recipient
    and ${other}.collapse_key = message.collapse_key`)
}

/** An array of numbers, booleans and words without signs as Postgres reads it, which costs less than one of the driver's. */
function listOf(values: readonly Value[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`
}

function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1)
}
