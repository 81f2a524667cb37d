import type { Purpose } from '@postino/domain'
import type { BotScene } from './bot-under-test.ts'

let events = 0

/** A message to a contact that is rendered and waits for the sender; answers with its id. */
export async function addQueuedMessage(
  { database, shopId, bot }: BotScene,
  message: { contactId: string; purpose: Purpose },
): Promise<string> {
  const registration = await database
    .selectFrom('registrations')
    .innerJoin('contacts', 'contacts.id', 'registrations.contact_id')
    .select(['registrations.id', 'chat_id', 'external_id as recipient'])
    .where('contact_id', '=', message.contactId)
    .executeTakeFirstOrThrow()
  events += 1
  const { id } = await database
    .insertInto('messages')
    .values({
      shop_id: shopId,
      event_id: events,
      recipient: registration.recipient,
      role: 'customer',
      kind: 'order.status_changed',
      state: 'shipped',
      purpose: message.purpose,
      lane: 0,
      status: 'queued',
      bot_id: bot.rowId,
      contact_id: message.contactId,
      registration_id: registration.id,
      chat_id: registration.chat_id,
      content: JSON.stringify({ html: 'x', buttons: [], silent: false }),
      queued_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function statusOf({ database }: BotScene, messageId: string) {
  return await database
    .selectFrom('messages')
    .select(['status', 'reason'])
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow()
}
