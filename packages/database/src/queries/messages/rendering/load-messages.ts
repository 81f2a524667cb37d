import type { Purpose, ShopEvent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'
import type { PublishedTemplate } from './load-shops.ts'
import { isStillToRender } from './still-to-render.ts'

/** One accepted message with all that rendering needs, but for what its shop says of all its messages. */
export interface MessageToRender {
  shopId: string
  /** Of the shop and its texts, as they are now: whatever was read of them at this revision or a later one may be used. */
  shopRevision: number
  shopMode: 'sandbox' | 'live'
  id: string
  kind: string
  state: string
  purpose: Purpose
  lane: number
  recipient: string
  /** Of its event, which an erasure may change; to be handed back with the outcome. */
  revision: number
  /** News with a `sequence`; to be handed back, too. */
  hasNumber: boolean
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

/**
 * Loads those of the given messages that still wait to be rendered and are not deferred, in the order of their ids. Plain
 * columns, which cost Postgres and the driver less than objects of JSON.
 */
export async function loadMessagesToRender(db: Database, messageIds: string[]): Promise<MessageToRender[]> {
  const { rows } = await sql<LoadedRow>`
    select message.shop_id as "shopId", shop.revision::float8 as "shopRevision", shop.mode as "shopMode", message.id, message.kind,
      message.state, message.purpose, message.lane, message.recipient, message.revision,
      message.sequence is not null as "hasNumber", (select ${epochMs('now()')}) as "nowMs",
      ${epochMs('message.accepted_at')} as "acceptedAtMs", ${epochMs('message.deadline_at')} as "deadlineAtMs",
      message.is_test as "isTest",
      -- Not as a join: nearly nobody has it, and everybody would pay for its planning.
      case when message.is_test then (
        select jsonb_build_object('templateId', tested.template_id::text, 'version', tested.version, 'kind', template.kind,
          'state', template.state, 'locale', template.locale, 'content', tested.content)
        from template_versions tested
        join templates template on template.shop_id = tested.shop_id and template.id = tested.template_id
        where tested.shop_id = message.shop_id and tested.template_id = message.template_id
          and tested.version = message.template_version
      ) end as "testedTemplate",
      event.body as event,
      contact.id as "contactId", contact.first_name as "firstName", contact.last_name as "lastName",
      contact.attributes, contact.locale, contact.time_zone as "timeZone",
      contact.granted_purposes::text as granted, contact.withdrawn_purposes::text as withdrawn,
      registration.id as "registrationId", registration.bot_id as "botId", registration.chat_id as "chatId", registration.status,
      registration.language_code as "languageCode", registration.is_tester as "isTester",
      registration.is_over_quota as "isOverQuota"
    from messages_open message
    left join events event on ${isEventOf()} and event.accepted_at > now() - ${YOUNG}
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
    where message.id = any (${`{${messageIds.join(',')}}`}::bigint[]) and ${isStillToRender()}
    order by message.id`.execute(db)
  const bodies = await listOlderEvents(
    db,
    rows.filter(({ event }) => event === null).map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    const event = row.event ?? bodies.get(row.id)
    return event === undefined ? [] : [toMessage({ ...row, event })]
  })
}

// Two partitions at most. Years of others, opened by every statement for what is hardly ever there, would cost more than the
// rest of it: what was deferred for longer has a statement of its own.
const YOUNG = sql`interval '5 days'`

/** Accepted in the same moment, which tells the partition. */
function isEventOf() {
  return sql`event.shop_id = message.shop_id and event.id = message.event_id and event.accepted_at = message.accepted_at`
}

async function listOlderEvents(db: Database, messageIds: string[]): Promise<Map<string, ShopEvent>> {
  if (messageIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; event: ShopEvent }>`
    select message.id, event.body as event from messages_open message join events event on ${isEventOf()}
    where message.id = any (${messageIds}::bigint[])`.execute(db)
  return new Map(rows.map(({ id, event }) => [id, event]))
}

function epochMs(time: string) {
  // As a double at once: extract counts in numeric, which takes ten times as long.
  return sql`date_part('epoch', ${sql.raw(time)}) * 1000`
}

/** A row as it comes: of a left join nothing is null but all of it, as far as the tables say so. */
type LoadedRow = Omit<MessageToRender, 'contact' | 'registration' | 'event'> & {
  /** Null, too, where it is older than it is looked for. */
  event: ShopEvent | null
} & Omit<NonNullable<MessageToRender['contact']>, 'id' | 'grantedPurposes' | 'withdrawnPurposes'> &
  Omit<NonNullable<MessageToRender['registration']>, 'id'> & {
    contactId: string | null
    granted: string
    withdrawn: string
    registrationId: string | null
  }

function toMessage(row: LoadedRow & { event: ShopEvent }): MessageToRender {
  const { shopId, shopRevision, shopMode, id, kind, state, purpose, lane, recipient, revision } = row
  const { hasNumber, nowMs, acceptedAtMs, deadlineAtMs, isTest, testedTemplate, event } = row
  const message = { shopId, shopRevision, shopMode, id, kind, state, purpose, lane, recipient, revision }
  const rest = { hasNumber, nowMs, acceptedAtMs, deadlineAtMs }
  return {
    ...message,
    ...rest,
    isTest,
    testedTemplate,
    event,
    contact: contactOf(row),
    registration: registrationOf(row),
  }
}

function contactOf(row: LoadedRow): MessageToRender['contact'] {
  const { contactId, firstName, lastName, attributes, locale, timeZone, granted, withdrawn } = row
  if (contactId === null) return null
  const [grantedPurposes, withdrawnPurposes] = [purposesOf(granted), purposesOf(withdrawn)]
  return {
    id: contactId,
    firstName,
    lastName,
    attributes,
    locale,
    timeZone,
    grantedPurposes,
    withdrawnPurposes,
  }
}

function registrationOf(row: LoadedRow): MessageToRender['registration'] {
  const { registrationId, botId, chatId, status, languageCode, isTester, isOverQuota } = row
  return registrationId === null
    ? null
    : { id: registrationId, botId, chatId, status, languageCode, isTester, isOverQuota }
}

/** Of a text[] as Postgres writes it. Names of purposes have no signs in them that it would put in quotes. */
function purposesOf(list: string): Purpose[] {
  if (list === '{}') return []
  // They come from the ledger, which knows no others; what is none matches none.
  return list.slice(1, -1).split(',') as Purpose[]
}
