import { ActError } from './act-error.ts'
import type { Chat } from './chat.ts'
import type { Contact } from './message.ts'
import type { Person } from './user.ts'

/** The card a person's phone sends when a keyboard asks for the phone number. */
export function ownContact(person: Person): Contact {
  return {
    phone_number: person.phoneNumber,
    first_name: person.firstName,
    last_name: person.lastName || undefined,
    user_id: person.id,
  }
}

/**
 * Presses the button that asks for the phone number; answers whether the keyboard went away with it.
 * @throws {ActError} when the chat shows no such button.
 */
export function pressContactButton(chat: Chat): boolean {
  const { keyboard } = chat
  const buttons = keyboard?.kind === 'reply' ? keyboard.rows.flat() : []
  if (!buttons.some((button) => button.request_contact)) {
    throw new ActError(409, 'the keyboard has no button that asks for the phone number')
  }
  if (keyboard?.kind !== 'reply' || keyboard.one_time !== true) return false
  chat.keyboard = undefined
  return true
}
