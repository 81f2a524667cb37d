import { peopleIn, type Model, type Thread } from './model.ts'
import type { Bot, CallbackAnswer, Chat, Message, Person } from './shapes.ts'

/** An event of the live stream. */
export type LiveEvent =
  | { event: 'message'; chat: string; message: Message }
  | { event: 'edited'; chat: string; message: Message }
  | { event: 'deleted'; chat: string; key: number }
  | { event: 'chat'; chat: Chat }
  | { event: 'action'; chat: string }
  | { event: 'callback_answer'; callback_query_id: string; answer: CallbackAnswer }
  | { event: 'bot'; bot: Bot }
  | { event: 'person'; person: Person }

export const TYPING_MS = 5000
/** Of one chat; older ones are asked for again when the reader goes back to them. */
const MAX_KEPT_MESSAGES = 1000

/** Changes the model as the event says. Applied twice it changes nothing more. */
export function applyEvent(model: Model, live: LiveEvent, nowMs: number): void {
  switch (live.event) {
    case 'message':
      addMessage(model, live.chat, live.message)
      break
    case 'edited':
      editMessage(model, live.chat, live.message)
      break
    case 'deleted':
      deleteMessage(model, live.chat, live.key)
      break
    case 'chat':
      putChat(model, live.chat)
      break
    case 'action':
      model.typingUntilMs.set(live.chat, nowMs + TYPING_MS)
      break
    case 'callback_answer':
      break
    case 'bot':
      model.bots.set(live.bot.id, live.bot)
      break
    case 'person':
      model.people.set(live.person.id, live.person)
      break
  }
}

/** Puts a chat on the phones of all who are in it, and takes a group off the phones of those who left. */
export function putChat(model: Model, chat: Chat): void {
  const memberIds = new Set(chat.members?.filter((member) => !member.is_bot).map(({ id }) => id))
  for (const [personId, chats] of model.chats) {
    const isIn = chat.kind === 'private' ? chat.person_id === personId : memberIds.has(personId)
    if (isIn) chats.set(chat.chat, chat)
    else if (chat.kind !== 'private') chats.delete(chat.chat)
  }
}

function addMessage(model: Model, chat: string, message: Message): void {
  const thread = model.threads.get(chat)
  if (thread !== undefined) insert(thread, message)
  if (message.from.is_bot) model.typingUntilMs.delete(chat)
  for (const personId of peopleIn(model, chat)) {
    const known = model.chats.get(personId)?.get(chat)
    if (known === undefined || (known.last_message?.key ?? 0) >= message.key) continue
    model.chats.get(personId)?.set(chat, { ...known, last_message: message })
  }
}

function insert(thread: Thread, message: Message): void {
  const at = thread.messages.findLastIndex(({ key }) => key <= message.key)
  if (thread.messages[at]?.key === message.key) thread.messages[at] = message
  else thread.messages.splice(at + 1, 0, message)
  if (thread.messages.length <= MAX_KEPT_MESSAGES) return
  thread.messages.splice(0, thread.messages.length - MAX_KEPT_MESSAGES)
  thread.hasMore = true
}

function editMessage(model: Model, chat: string, message: Message): void {
  const messages = model.threads.get(chat)?.messages
  const at = messages?.findIndex(({ key }) => key === message.key) ?? -1
  if (messages !== undefined && at >= 0) messages[at] = message
  forEachLast(model, chat, message.key, () => message)
}

function deleteMessage(model: Model, chat: string, key: number): void {
  const thread = model.threads.get(chat)
  if (thread !== undefined) thread.messages = thread.messages.filter((message) => message.key !== key)
  forEachLast(model, chat, key, () => thread?.messages.at(-1) ?? null)
}

function forEachLast(model: Model, chat: string, key: number, replace: () => Message | null): void {
  for (const chats of model.chats.values()) {
    const known = chats.get(chat)
    if (known?.last_message?.key === key) chats.set(chat, { ...known, last_message: replace() })
  }
}
