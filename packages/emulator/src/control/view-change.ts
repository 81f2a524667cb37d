import type { Change } from '../world/changes.ts'
import { chatReference, isMember } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'
import { viewBot, viewPerson } from './view-accounts.ts'
import { viewChat } from './view-chat.ts'
import { viewMessage } from './view-message.ts'

/** An event of the live stream: its name and its data. */
export interface EventView {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

export function viewChange(change: Change): EventView {
  switch (change.kind) {
    case 'message':
    case 'edited': {
      const { message } = change
      return {
        event: change.kind,
        data: { chat: chatReference(message.chat), message: viewMessage(message) },
      }
    }
    case 'deleted':
      return { event: 'deleted', data: { chat: chatReference(change.message.chat), key: change.message.key } }
    case 'chat':
      return { event: 'chat', data: { chat: viewChat(change.chat) } }
    case 'action': {
      const { chat, bot, action } = change
      return { event: 'action', data: { chat: chatReference(chat), bot_id: bot.id, action } }
    }
    case 'callbackAnswer': {
      const { id, message, person } = change.press
      const where = { chat: chatReference(message.chat), person_id: person.id, key: message.key }
      return { event: 'callback_answer', data: { ...where, callback_query_id: id, answer: change.answer } }
    }
    case 'bot':
      return { event: 'bot', data: { bot: viewBot(change.bot) } }
    case 'person':
      return { event: 'person', data: { person: viewPerson(change.person) } }
    case 'reset':
      return { event: 'reset', data: {} }
  }
}

/** Whether a phone of this person shows the change. */
export function concernsPerson(change: Change, personId: number): boolean {
  switch (change.kind) {
    case 'message':
    case 'edited':
    case 'deleted':
      return hasPerson(change.message.chat, personId)
    case 'chat':
    case 'action':
      return hasPerson(change.chat, personId)
    case 'callbackAnswer':
      return change.press.person.id === personId
    case 'bot':
    case 'person':
    case 'reset':
      return true
  }
}

function hasPerson(chat: Chat, personId: number): boolean {
  if (chat.kind === 'private') return chat.person.id === personId
  // Who was just removed still learns of it.
  return isMember(chat, personId) || chat.members.has(personId)
}
