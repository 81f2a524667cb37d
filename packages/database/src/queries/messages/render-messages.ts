import type { MessageContent, OnUnknown, Purpose, ShopEvent, TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** One accepted message with all that rendering needs. */
export interface MessageToRender {
  shopId: string
  id: string
  kind: string
  state: string
  purpose: Purpose
  recipient: string
  /** Of its event, which an erasure may change; to be handed back with the outcome. */
  revision: number
  isExpired: boolean
  event: ShopEvent
  shop: {
    name: string
    locale: string
    timeZone: string
    supportContact: string | null
    contractPurposes: Purpose[]
    managedOrderStates: string[] | null
    mode: 'sandbox' | 'live'
    /** As it was stored, to be checked; null: the default. */
    attachmentPolicy: unknown
  }
  contact: {
    id: string
    firstName: string | null
    lastName: string | null
    locale: string | null
    timeZone: string | null
    grantedPurposes: Purpose[]
    withdrawnPurposes: Purpose[]
  } | null
  /**
   * The contact's open chat with a bot that is not archived, the youngest of several; without one, the last that was closed.
   * One that may be sent to goes before one that waits for the shop's quota, and in the sandbox a tester's before others.
   */
  registration: {
    id: string
    botId: string
    chatId: string
    status: 'active' | 'stopped' | 'blocked' | 'revoked'
    languageCode: string | null
    isTester: boolean
    isOverQuota: boolean
  } | null
}

/** Loads those of the given messages that still wait to be rendered, in the order of their ids. */
export async function loadMessagesToRender(db: Database, messageIds: string[]): Promise<MessageToRender[]> {
  const { rows } = await sql<MessageToRender>`
    select message.shop_id as "shopId", message.id, message.kind, message.state, message.purpose, message.recipient, message.revision,
      coalesce(message.deadline_at <= now(), false) as "isExpired",
      event.body as event,
      jsonb_build_object('name', shop.name, 'locale', shop.locale, 'timeZone', shop.time_zone,
        'supportContact', shop.support_contact, 'contractPurposes', to_jsonb(shop.contract_purposes),
        'managedOrderStates', to_jsonb(shop.managed_order_states), 'attachmentPolicy', shop.attachment_policy,
        'mode', shop.mode) as shop,
      case when contact.id is not null then jsonb_build_object('id', contact.id::text,
        'firstName', contact.first_name, 'lastName', contact.last_name, 'locale', contact.locale,
        'timeZone', contact.time_zone, 'grantedPurposes', to_jsonb(contact.granted_purposes),
        'withdrawnPurposes', to_jsonb(contact.withdrawn_purposes)) end as contact,
      case when registration.id is not null then jsonb_build_object('id', registration.id::text,
        'botId', registration.bot_id::text, 'chatId', registration.chat_id::text, 'status', registration.status,
        'languageCode', registration.language_code, 'isTester', registration.is_tester,
        'isOverQuota', registration.is_over_quota) end as registration
    from messages message
    join events event on event.shop_id = message.shop_id and event.id = message.event_id
    join shops shop on shop.id = message.shop_id
    left join contacts named on named.shop_id = message.shop_id and named.external_id = message.recipient
    -- The same person may go by another contact's name by now.
    left join contacts contact on contact.shop_id = named.shop_id and contact.id = coalesce(named.merged_into, named.id)
    left join lateral (
      select open.id, bot_id, chat_id, open.status, language_code, is_tester, is_over_quota from registrations open
      join bots bot on bot.shop_id = open.shop_id and bot.id = open.bot_id and bot.status <> 'archived'
      where open.shop_id = contact.shop_id and open.contact_id = contact.id
      order by open.status = 'active' desc, (shop.mode = 'sandbox' and is_tester) desc, is_over_quota,
        status_changed_at desc, open.id desc
      limit 1
    ) registration on true
    where message.id = any (${messageIds}::bigint[]) and message.status = 'accepted'
    order by message.id`.execute(db)
  return rows
}

export interface PublishedTemplate {
  shopId: string
  templateId: string
  version: number
  kind: string
  state: string
  locale: string
  content: TemplateContent
}

/** Every published text of the given shops and kinds. */
export async function listPublishedTemplates(
  db: Database,
  wanted: { shopId: string; kind: string }[],
): Promise<PublishedTemplate[]> {
  const { rows } = await sql<PublishedTemplate>`
    select template.shop_id as "shopId", template.id as "templateId", version.version, template.kind, template.state,
      template.locale, version.content
    from (select distinct "shopId" as shop_id, kind
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as record ("shopId" bigint, kind text)) wanted
    join templates template using (shop_id, kind)
    join template_versions version on version.shop_id = template.shop_id and version.template_id = template.id
      and version.status = 'published'`.execute(db)
  return rows
}

export type RenderOutcome = {
  /** With which it was loaded. Default 0. */
  revision?: number
} & (
  | {
      status: 'queued'
      id: string
      contactId: string
      registrationId: string
      botId: string
      chatId: string
      templateId: string
      templateVersion: number
      content: MessageContent
      /** What Telegram counts it as; 1 without it. */
      cost?: number
      /** Without it: by lane. */
      onUnknown?: OnUnknown
    }
  | {
      status: 'suppressed' | 'expired' | 'failed' | 'superseded'
      id: string
      reason: string
      detail?: string
    }
)

/**
 * Moves messages from `accepted` to `queued` or to their end. What is no longer `accepted` stays as it is: a job that
 * runs twice changes nothing. So does one whose event was changed since it was loaded: the sweeper has it rendered anew.
 * Answers the bots that have something to send now: what was queued here, and what had to wait for a message that ended here.
 */
export async function finishRendering(
  db: Database,
  outcomes: RenderOutcome[],
): Promise<{ shopId: string; botId: string }[]> {
  if (outcomes.length === 0) return []
  const moved = await moveAccepted(db, outcomes)
  const ended = moved.filter((message) => message.botId === null)
  const bots = moved.flatMap(({ shopId, botId }) => (botId === null ? [] : [{ shopId, botId }]))
  if (ended.length > 0) bots.push(...(await listBotsBehind(db, ended)))
  return [...new Map(bots.map((bot) => [bot.botId, bot])).values()]
}

interface MovedMessage {
  shopId: string
  id: string
  recipient: string
  lane: number
  /** Null when it ended. */
  botId: string | null
}

async function moveAccepted(db: Database, outcomes: RenderOutcome[]): Promise<MovedMessage[]> {
  const { rows } = await sql<MovedMessage>`
    with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as record (
        id bigint, status text, reason text, detail text, "contactId" bigint, "registrationId" bigint, "botId" bigint,
        "chatId" bigint, "templateId" bigint, "templateVersion" int, content jsonb, cost smallint, "onUnknown" text,
        revision smallint)
    ), locked as (
      select message.shop_id, message.id from messages message join outcome using (id)
      where message.status = 'accepted' and message.revision = coalesce(outcome.revision, 0) order by message.id for update of message
    ), standing as (
      -- Whoever was erased since the rendering began gets nothing, and nothing of it is kept.
      select outcome.*, contact.erased_at is not null as is_erased,
        case when contact.erased_at is not null then 'suppressed' else outcome.status end as end_status
      from outcome join locked using (id)
      left join contacts contact on contact.shop_id = locked.shop_id and contact.id = outcome."contactId"
    )
    update messages message set
      status = outcome.end_status, reason = case when outcome.is_erased then 'erased' else outcome.reason end,
      detail = outcome.detail, contact_id = outcome."contactId", registration_id = outcome."registrationId",
      bot_id = case when not outcome.is_erased then outcome."botId" end,
      chat_id = case when not outcome.is_erased then outcome."chatId" end,
      template_id = outcome."templateId", template_version = outcome."templateVersion",
      content = case when not outcome.is_erased then outcome.content end,
      cost = coalesce(outcome.cost, 1), on_unknown = outcome."onUnknown",
      queued_at = case when outcome.end_status = 'queued' then clock_timestamp() end,
      ended_at = case when outcome.end_status <> 'queued' then clock_timestamp() end
    from standing outcome join locked using (id)
    where message.shop_id = locked.shop_id and message.id = locked.id and message.status = 'accepted'
    returning message.shop_id as "shopId", message.id, message.recipient, message.lane, message.bot_id as "botId"`.execute(
    db,
  )
  return rows
}

// A later message of the same contact and lane may have been queued first and had its turn in vain; nobody else would
// wake its bot. Asked after the end is committed: whoever queues such a message from now on sees that nothing holds it.
async function listBotsBehind(
  db: Database,
  ended: MovedMessage[],
): Promise<{ shopId: string; botId: string }[]> {
  const { rows } = await sql<{ shopId: string; botId: string }>`
    select distinct registration.shop_id as "shopId", registration.bot_id as "botId"
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as ended (
      "shopId" bigint, id bigint, recipient text, lane smallint)
    cross join lateral (
      select shop_id, coalesce(merged_into, id) as id from contacts
      where shop_id = ended."shopId" and external_id = ended.recipient limit 1
    ) contact
    cross join lateral (
      select shop_id, bot_id, chat_id from registrations
      where shop_id = contact.shop_id and contact_id = contact.id order by id limit 100
    ) registration
    where (select id from messages where bot_id = registration.bot_id and chat_id = registration.chat_id
      and status = 'queued' and lane = ended.lane and id > ended.id limit 1) is not null`.execute(db)
  return rows
}
