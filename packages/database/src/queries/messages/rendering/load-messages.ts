import type { Purpose, QuietHours, ShopEvent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'
import type { PublishedTemplate } from './published-templates.ts'

/** One accepted message with all that rendering needs. */
export interface MessageToRender {
  shopId: string
  id: string
  kind: string
  state: string
  purpose: Purpose
  lane: number
  recipient: string
  /** Of its event, which an erasure may change; to be handed back with the outcome. */
  revision: number
  /** Epoch milliseconds, as Postgres has it; so are the two times below. */
  nowMs: number
  acceptedAtMs: number
  /** The event's own. */
  deadlineAtMs: number | null
  /** Asked for by whoever writes the template: it is rendered with `testedTemplate`, published or not. */
  isTest: boolean
  /** Null, too, when that version is gone. */
  testedTemplate: PublishedTemplate | null
  event: ShopEvent
  shop: {
    name: string
    locale: string
    timeZone: string
    supportContact: string | null
    contractPurposes: Purpose[]
    managedOrderStates: string[] | null
    quietHours: QuietHours | null
    mode: 'sandbox' | 'live'
    /** As it was stored, to be checked; null: the default. */
    attachmentPolicy: unknown
  }
  contact: {
    id: string
    firstName: string | null
    lastName: string | null
    attributes: Record<string, unknown>
    locale: string | null
    timeZone: string | null
    grantedPurposes: Purpose[]
    withdrawnPurposes: Purpose[]
  } | null
  /**
   * The contact's open chat with a bot that is not archived, the youngest of several; without one, the last that was closed.
   * One that may be sent to goes before one that waits for the shop's quota; in the sandbox, and for a test, a tester's before
   * others.
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

/** Loads those of the given messages that still wait to be rendered and are not deferred, in the order of their ids. */
export async function loadMessagesToRender(db: Database, messageIds: string[]): Promise<MessageToRender[]> {
  const { rows } = await sql<MessageToRender>`
    select message.shop_id as "shopId", message.id, message.kind, message.state, message.purpose, message.lane, message.recipient,
      message.revision, ${epochMs('now()')} as "nowMs", ${epochMs('message.accepted_at')} as "acceptedAtMs",
      ${epochMs('message.deadline_at')} as "deadlineAtMs", message.is_test as "isTest",
      -- Not as a join: nearly nobody has it, and everybody would pay for its planning.
      case when message.is_test then (
        select jsonb_build_object('shopId', tested.shop_id::text, 'templateId', tested.template_id::text,
          'version', tested.version, 'kind', template.kind, 'state', template.state, 'locale', template.locale,
          'content', tested.content)
        from template_versions tested
        join templates template on template.shop_id = tested.shop_id and template.id = tested.template_id
        where tested.shop_id = message.shop_id and tested.template_id = message.template_id
          and tested.version = message.template_version
      ) end as "testedTemplate",
      event.body as event,
      jsonb_build_object('name', shop.name, 'locale', shop.locale, 'timeZone', shop.time_zone,
        'supportContact', shop.support_contact, 'contractPurposes', to_jsonb(shop.contract_purposes),
        'managedOrderStates', to_jsonb(shop.managed_order_states), 'attachmentPolicy', shop.attachment_policy,
        'quietHours', shop.quiet_hours, 'mode', shop.mode) as shop,
      case when contact.id is not null then jsonb_build_object('id', contact.id::text,
        'firstName', contact.first_name, 'lastName', contact.last_name, 'locale', contact.locale,
        'timeZone', contact.time_zone, 'attributes', contact.attributes, 'grantedPurposes', to_jsonb(contact.granted_purposes),
        'withdrawnPurposes', to_jsonb(contact.withdrawn_purposes)) end as contact,
      case when registration.id is not null then jsonb_build_object('id', registration.id::text,
        'botId', registration.bot_id::text, 'chatId', registration.chat_id::text, 'status', registration.status,
        'languageCode', registration.language_code, 'isTester', registration.is_tester,
        'isOverQuota', registration.is_over_quota) end as registration
    from messages message
    -- Accepted in the same moment, which tells the partition.
    join events event on event.shop_id = message.shop_id and event.id = message.event_id and event.accepted_at = message.accepted_at
    join shops shop on shop.id = message.shop_id
    left join contacts named on named.shop_id = message.shop_id and named.external_id = message.recipient
    -- The same person may go by another contact's name by now.
    left join contacts contact on contact.shop_id = named.shop_id and contact.id = coalesce(named.merged_into, named.id)
    left join lateral (
      select open.id, bot_id, chat_id, open.status, language_code, is_tester, is_over_quota from registrations open
      join bots bot on bot.shop_id = open.shop_id and bot.id = open.bot_id and bot.status <> 'archived'
      where open.shop_id = contact.shop_id and open.contact_id = contact.id
      order by open.status = 'active' desc, ((shop.mode = 'sandbox' or message.is_test) and is_tester) desc,
        is_over_quota, status_changed_at desc, open.id desc
      limit 1
    ) registration on true
    where message.id = any (${messageIds}::bigint[]) and message.status = 'accepted' and message.due_at is null
    order by message.id`.execute(db)
  return rows
}

function epochMs(time: string) {
  return sql`(extract(epoch from ${sql.raw(time)}) * 1000)::float8`
}
