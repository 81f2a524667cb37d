import type { MessageContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Stage, TestBot, TestPerson } from './pipeline-under-test.ts'

let events = 0

/** Messages that are rendered and wait for the sender, in this order; answers with their ids. */
export async function queueContents(
  { database, shopId }: Stage,
  { bot, to, lane = 0 }: { bot: TestBot; to: TestPerson; lane?: 0 | 1 | 2 },
  contents: Partial<MessageContent>[],
): Promise<string[]> {
  const rows = await database
    .insertInto('messages')
    .values(
      contents.map((content) => ({
        shop_id: shopId,
        event_id: (events += 1),
        recipient: to.externalId,
        role: 'customer',
        kind: 'order.status_changed',
        state: 'shipped',
        purpose: 'order_updates',
        lane,
        status: 'queued',
        bot_id: bot.botId,
        contact_id: to.contactId,
        registration_id: to.registrationId,
        chat_id: to.telegramId,
        content: JSON.stringify({ html: 'Your order', buttons: [], silent: false, ...content }),
        cost: Math.max(1, content.media?.length ?? 0),
        queued_at: sql<Date>`now()`,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** What a person sees of each message: how a file is shown, else the text. */
export function seenBy({ emulator }: Stage, { chat }: TestPerson): string[] {
  return emulator.chats.messages(chat, { limit: 1_000 }).messages.flatMap((message) => {
    if (!message.from.is_bot) return []
    const { media, caption = '', text = '' } = message
    return [media === undefined ? text : `${media.kind}: ${caption}`]
  })
}

/** The calls that brought messages to Telegram or tried to, in order, as `method status`. */
export function callsOf({ emulator }: Stage, { telegramId }: TestPerson): string[] {
  return emulator
    .requests({ after: 0, limit: 1_000 })
    .requests.filter(({ chat_id }) => chat_id === String(telegramId))
    .map(({ method, status }) => `${method} ${status}`)
}
