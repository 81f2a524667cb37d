import type { BotView, Emulator, MessageView, PersonView } from '@postino/emulator'
import { waitUntil } from '../support/wait-until.ts'

/** A person with a phone, and the chat with one bot on it. */
export interface Phone {
  person: PersonView
  /** The emulator's name of the chat. */
  chat: string
  start(token?: string): void
  send(text: string): void
  block(): void
  unblock(): void
  /** Presses the button that shares the number, or forwards the card of anybody. */
  share(card?: { phone_number: string; first_name: string; user_id?: number }): void
  /** The buttons below the text field. */
  keyboard(): string[]
  /** The next thing the bot says that was not taken yet. */
  next(): Promise<MessageView>
  nextText(): Promise<string>
  /** Everything the bot has said so far. */
  heard(): MessageView[]
  /** The youngest message with buttons, as it looks now; waits for one. */
  screen(): Promise<Screen>
  /** Presses the button with this text and answers with what the phone shows for a moment. */
  press(text: string): Promise<{ text?: string; isAlert: boolean }>
  /** Presses a button of this message, whether the bot has put it there or not. */
  forge(message: MessageView, data: string): void
}

export interface Screen {
  message: MessageView
  text: string
  buttons: string[]
}

/** Ends with the emulator. */
export function createPhone(emulator: Emulator, bot: BotView, person: PersonView): Phone {
  const { id } = person
  const chat = `${bot.id}:${id}`
  let taken = 0

  const heard = () =>
    emulator.chats.messages(chat, { limit: 1000 }).messages.filter(({ from }) => from.is_bot)

  async function next(): Promise<MessageView> {
    const message = await waitUntil(() => heard()[taken])
    taken += 1
    return message
  }

  async function screen(): Promise<Screen> {
    const message = await waitUntil(() => heard().findLast(({ inline_keyboard: keyboard }) => keyboard))
    const buttons = message.inline_keyboard?.flat().map(({ text }) => text) ?? []
    return { message, text: message.text ?? '', buttons }
  }

  return {
    person,
    chat,
    start(token) {
      emulator.people.start(id, { bot: bot.id, ...(token === undefined ? {} : { parameter: token }) })
    },
    send: (text) => void emulator.people.send(id, { chat, text }),
    block: () => void emulator.people.stop(id, { bot: bot.id }),
    unblock: () => void emulator.people.unblock(id, { bot: bot.id }),
    share: (contact) => void emulator.people.shareContact(id, { chat, ...(contact && { contact }) }),
    keyboard() {
      const { keyboard } = emulator.chats.get(chat)
      return keyboard?.kind === 'reply' ? keyboard.rows.flat().map(({ text }) => text) : []
    },
    next,
    nextText: async () => (await next()).text ?? '',
    heard,
    screen,
    async press(text) {
      const { message } = await screen()
      const pressed = await emulator.people.press(id, { chat, message: message.key, button: { text } })
      if (pressed.pressed !== 'callback' || pressed.answer === null)
        throw new Error(`${text} was not answered`)
      const { text: notice, show_alert: isAlert } = pressed.answer
      return { ...(notice === undefined ? {} : { text: notice }), isAlert }
    },
    forge(message, data) {
      emulator.bots.addUpdate(bot.id, {
        callback_query: {
          id: String(Math.floor(Math.random() * 1e15)),
          from: userOf(person),
          chat_instance: '1',
          data,
          message: {
            message_id: message.message_id,
            date: message.date,
            chat: { id, type: 'private', first_name: person.first_name },
          },
        },
      })
    },
  }
}

/** The person as an update names them. */
export function userOf({ id, first_name, language_code }: PersonView) {
  return { id, is_bot: false, first_name, language_code }
}
