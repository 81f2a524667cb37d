import type { MessageContent, Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { messagesSince } from '../messages/messages-since.ts'
import { eventIdOf, insertOwnEvent, type BotReplacement } from './bot-replacements.ts'
import type { PersonToInvite } from './people-to-invite.ts'

/** To be sent, or with the reason why not. */
export type Invitation = Pick<PersonToInvite, 'registrationId' | 'contactId' | 'chatId' | 'recipient'> & {
  purpose: Purpose
} & ({ content: MessageContent } | { reason: string })

/**
 * Queues invitations for the old bot. An event tells a contact once; who has several chats with the bot is several people,
 * and each further one has an event of their own.
 */
export async function insertInvitations(
  trx: Database,
  replacement: BotReplacement,
  invitations: Invitation[],
): Promise<void> {
  if (invitations.length === 0) return
  const { shopId, id } = replacement
  // There already, unless its time was over and it was cleared away.
  const { id: eventId } = await insertOwnEvent(trx, shopId, eventIdOf(id))
  const inserted = await insertMessages(trx, replacement, { eventId, invitations })
  for (const invitation of invitations.filter(({ registrationId }) => !inserted.has(registrationId))) {
    const own = await insertOwnEvent(trx, shopId, `${eventIdOf(id)}-${invitation.registrationId}`)
    await insertMessages(trx, replacement, { eventId: own.id, invitations: [invitation] })
  }
}

/** Answers the registrations that have one now. */
async function insertMessages(
  trx: Database,
  { shopId, id, oldBotId }: BotReplacement,
  { eventId, invitations }: { eventId: string; invitations: Invitation[] },
): Promise<Set<string>> {
  const startedAt = sql`(select started_at from bot_replacements where shop_id = ${shopId}::bigint and id = ${id}::bigint)`
  const { rows } = await sql<{ registrationId: string }>`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, reason, bot_id,
      contact_id, registration_id, chat_id, content, queued_at, ended_at)
    select ${shopId}::bigint, ${eventId}::bigint, recipient, 'to', 'bot.replaced', '', purpose, 2,
      case when reason is null then 'queued' else 'suppressed' end, reason, ${oldBotId}::bigint, "contactId",
      "registrationId", "chatId", content, case when reason is null then clock_timestamp() end,
      case when reason is not null then clock_timestamp() end
    from (
      select distinct on (recipient) * from jsonb_to_recordset(${JSON.stringify(invitations)}::jsonb) as record (
        recipient text, purpose text, reason text, "contactId" bigint, "registrationId" bigint, "chatId" bigint, content jsonb)
      order by recipient, "registrationId"
    ) record
    where not exists (select from ${messagesSince(startedAt)} told
      where told.shop_id = ${shopId}::bigint and told.event_id = ${eventId}::bigint
        and told.recipient = record.recipient and told.kind = 'bot.replaced')
    order by "registrationId"
    returning registration_id as "registrationId"`.execute(trx)
  return new Set(rows.map(({ registrationId }) => registrationId))
}
