import { ActError } from './act-error.ts'
import type { Callbacks } from './callbacks.ts'
import type { CallbackAnswer } from './changes.ts'
import { isMember } from './chat.ts'
import type { InlineButton } from './keyboard.ts'
import type { Message } from './message.ts'
import type { Person } from './user.ts'

/** Which button of a message is meant. */
export interface ButtonChoice {
  readonly text?: string | undefined
  /** Its `callback_data`. */
  readonly data?: string | undefined
  readonly row?: number | undefined
  readonly column?: number | undefined
}

/** What pressing a button did. */
export type Pressed =
  | {
      readonly pressed: 'callback'
      readonly callback_query_id: string
      readonly answer: CallbackAnswer | null
    }
  | { readonly pressed: 'url'; readonly url: string }
  | { readonly pressed: 'copy'; readonly text: string }

/** Presses an inline button and, when it asks the bot something, waits up to `waitMs` for the bot's answer. */
export async function pressButton(
  callbacks: Callbacks,
  press: { person: Person; message: Message; choice: ButtonChoice; waitMs: number },
): Promise<Pressed> {
  const { person, message, choice, waitMs } = press
  checkSees(person, message)
  const button = findButton(message, choice)
  if (button.url !== undefined) return { pressed: 'url', url: button.url }
  if (button.web_app !== undefined) return { pressed: 'url', url: button.web_app.url }
  if (button.copy_text !== undefined) return { pressed: 'copy', text: button.copy_text.text }
  if (button.callback_data === undefined)
    throw new ActError(409, 'the emulator cannot press this kind of button')
  if (message.from?.kind !== 'bot') throw new ActError(409, 'the message is not from a bot')

  const event = { bot: message.from, person, message, data: button.callback_data }
  const query = callbacks.press(event)
  const answer = await callbacks.waitForAnswer(query, waitMs)
  return { pressed: 'callback', callback_query_id: query.id, answer: answer ?? null }
}

function findButton(message: Message, choice: ButtonChoice): InlineButton {
  const keyboard = message.inlineKeyboard ?? []
  const { text, data, row, column = 0 } = choice
  const button =
    row === undefined
      ? keyboard
          .flat()
          .find((each) => (data === undefined ? each.text === text : each.callback_data === data))
      : keyboard[row]?.[column]
  if (button === undefined) throw new ActError(404, 'the message has no such button')
  return button
}

function checkSees(person: Person, { chat }: Message): void {
  const isSeen = chat.kind === 'private' ? chat.person === person : isMember(chat, person.id)
  if (!isSeen) throw new ActError(409, 'the person does not see this message')
}
