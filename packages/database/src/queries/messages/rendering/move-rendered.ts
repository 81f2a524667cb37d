import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'
import type { RenderOutcome } from './render-outcome.ts'
import { replacedMessages, rivalsOf } from './replaced-messages.ts'

/** Where a message is now, and where it was. */
export interface MovedMessage {
  shopId: string
  id: string
  recipient: string
  lane: number
  /** `accepted`: deferred. */
  status: 'accepted' | 'queued' | 'suppressed' | 'superseded' | 'expired' | 'failed'
  reason: string | null
  /** Of one that is queued, or was. */
  botId: string | null
}

/**
 * Moves what is still `accepted`, as it was loaded, and ends what it replaces, in one statement. All rows of a key whose
 * order matters here are locked first, in the order of the ids like everywhere, so that renderers that meet over a key go
 * one after the other and never wait in a ring.
 */
export async function moveRendered(db: Database, outcomes: RenderOutcome[]): Promise<MovedMessage[]> {
  if (outcomes.length === 0) return []
  const { rows } = await sql<MovedMessage>`
    with outcome as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as record (
        id bigint, status text, reason text, detail text, "contactId" bigint, "registrationId" bigint, "botId" bigint,
        "chatId" bigint, "templateId" bigint, "templateVersion" int, content jsonb, cost smallint, "onUnknown" text,
        "dueAtMs" float8, "deadlineAtMs" float8, "quietFromMs" float8, "replacesOlder" boolean, revision smallint)
    ), keyed as materialized (
      select message.shop_id, message.id, message.recipient, message.collapse_key, message.sequence
      from outcome join messages_open message using (id)
      where outcome.status in ('queued', 'deferred') and message.collapse_key is not null and not message.is_test
        and (outcome."replacesOlder" or message.sequence is not null)
    ), held as materialized (
      select shop_id, id, recipient, collapse_key, sequence, status, due_at, revision, is_test, replaces_older
      from messages_open where id = any (array(select id from outcome union ${rivalsOf()})) order by id for update
    ), arriving as materialized (
      -- Whoever was erased since the rendering began gets nothing, and nothing of it is kept.
      select outcome.*, contact.erased_at is not null as is_erased,
        case when contact.erased_at is not null then 'suppressed' else outcome.status end as fate
      from outcome join held using (id)
      left join contacts contact on contact.shop_id = held.shop_id and contact.id = outcome."contactId"
      where held.status = 'accepted' and held.due_at is null and held.revision = coalesce(outcome.revision, 0)
    ), waiting as materialized (
      select held.shop_id, held.id, held.recipient, held.collapse_key, held.sequence,
        case when arriving.id is null then held.replaces_older and (held.status = 'queued' or held.due_at is not null)
          else coalesce(arriving."replacesOlder", false) end as replaces_older,
        coalesce(arriving.fate, held.status) = 'queued' as is_told
      from held left join arriving using (id)
      where held.collapse_key is not null and not held.is_test
        and coalesce(arriving.fate, held.status) in ('accepted', 'queued', 'deferred')
    ), replaced as (${replacedMessages()}
    ), verdict as (
      select held.shop_id, held.id as held_id, arriving.*, replaced.by,
        case when replaced.by is not null then 'superseded' when fate = 'deferred' then 'accepted' else fate end as end_status,
        case when replaced.by is not null then replaced.reason when is_erased then 'erased' else arriving.reason end as end_reason,
        replaced.by is null and fate = 'queued' as is_queued, replaced.by is null and fate = 'deferred' as is_deferred
      from held left join arriving using (id) left join replaced using (id)
      where arriving.id is not null or replaced.by is not null
    )
    update messages message set
      status = end_status, reason = end_reason, detail = verdict.detail, superseded_by = verdict.by,
      contact_id = case when is_queued then "contactId" else contact_id end,
      registration_id = case when is_queued then "registrationId" else registration_id end,
      bot_id = case when is_queued then "botId" else bot_id end,
      chat_id = case when is_queued then "chatId" else chat_id end,
      template_id = case when is_queued then "templateId" else template_id end,
      template_version = case when is_queued then "templateVersion" else template_version end,
      content = case when is_queued then verdict.content::json else message.content end,
      cost = case when is_queued then coalesce(verdict.cost, 1) else message.cost end,
      on_unknown = case when is_queued then "onUnknown" else on_unknown end,
      deadline_at = case when is_queued then least(deadline_at, to_timestamp("deadlineAtMs" / 1000)) else deadline_at end,
      quiet_from = case when is_queued then to_timestamp("quietFromMs" / 1000) end,
      replaces_older = case when is_queued or is_deferred then coalesce("replacesOlder", false) else replaces_older end,
      due_at = case when is_deferred then to_timestamp("dueAtMs" / 1000) end,
      queued_at = case when is_queued then clock_timestamp() else queued_at end,
      ended_at = case when not (is_queued or is_deferred) then clock_timestamp() end
    from verdict where message.id = verdict.held_id and message.ended_at is null
    returning message.shop_id as "shopId", message.id, message.recipient, message.lane, message.status, message.reason,
      message.bot_id as "botId"`.execute(db)
  return rows
}
