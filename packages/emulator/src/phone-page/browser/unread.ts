import { peopleIn, type Model } from './model.ts'
import type { ReadMarks } from './read-marks.ts'
import type { Message } from './shapes.ts'

export function isIncoming(message: Message, personId: number): boolean {
  return message.service === undefined && message.from.id !== personId
}

export function setUnread(model: Model, place: { personId: number; chat: string }, count: number): void {
  const ofPerson = model.unread.get(place.personId) ?? new Map<string, number>()
  model.unread.set(place.personId, ofPerson)
  if (count === 0) ofPerson.delete(place.chat)
  else ofPerson.set(place.chat, count)
}

/** Counts a message that came by the live stream; to be called before it is put into the model. */
export function countArrival(model: Model, chat: string, message: Message): void {
  for (const personId of peopleIn(model, chat)) {
    const newest = model.chats.get(personId)?.get(chat)?.last_message?.key ?? 0
    if (newest >= message.key || !isIncoming(message, personId)) continue
    setUnread(model, { personId, chat }, (model.unread.get(personId)?.get(chat) ?? 0) + 1)
  }
}

/** Takes everything in the open chat for read. */
export function markChatRead(model: Model, marks: ReadMarks): void {
  const { personId, chat } = model
  if (personId === undefined || chat === undefined) return
  setUnread(model, { personId, chat }, 0)
  const newest = model.threads.get(chat)?.messages.at(-1)?.key
  if (newest !== undefined) marks.set(personId, chat, newest)
}
