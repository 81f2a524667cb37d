import type { PersonView } from '@postino/emulator'
import { userOf } from './phone.ts'

// Beyond those of the emulator: what a test delivers by hand is later than what it let people do before.
const FIRST_UPDATE_ID = 10 ** 12

/** Updates as Telegram writes them, for tests that deliver them themselves: in any order, more than once, made up. */
export function updatesOf(person: PersonView) {
  const { id, first_name } = person
  const chat = { id, type: 'private', first_name }
  const from = userOf(person)
  const member = (updateId: number, date: number, status: 'kicked' | 'member') => ({
    update_id: FIRST_UPDATE_ID + updateId,
    my_chat_member: {
      chat,
      from,
      date,
      old_chat_member: { status: status === 'kicked' ? 'member' : 'kicked', user: { id: 1, is_bot: true } },
      new_chat_member: { status, user: { id: 1, is_bot: true }, until_date: 0 },
    },
  })
  return {
    command: (updateId: number, date: number, text: string) => ({
      update_id: FIRST_UPDATE_ID + updateId,
      message: {
        message_id: updateId,
        date,
        chat,
        from,
        text,
        entities: [{ type: 'bot_command', offset: 0, length: text.split(' ', 1)[0]?.length ?? 0 }],
      },
    }),
    blocked: (updateId: number, date: number) => member(updateId, date, 'kicked'),
    unblocked: (updateId: number, date: number) => member(updateId, date, 'member'),
    tapped: (updateId: number, data: string, more: { chat?: object } = {}) => ({
      update_id: FIRST_UPDATE_ID + updateId,
      callback_query: {
        id: `query-${updateId}`,
        from,
        chat_instance: '1',
        data,
        message: { message_id: 1, date: 1_795_000_000, chat: more.chat ?? chat },
      },
    }),
  }
}
