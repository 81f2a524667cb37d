import { ActError } from '../world/act-error.ts'
import type { Chat, GroupChat } from '../world/chat.ts'
import type { Message } from '../world/message.ts'
import type { MessageBook } from '../world/post-message.ts'
import type { User } from '../world/user.ts'
import { findBot } from '../world/world.ts'
import type { World } from '../world/world.ts'

/** Looks up what a control request names; throws a 404 when it is not there. */
export function getChat(world: World, reference: string): Chat {
  const chat = findChat(world, reference)
  if (chat === undefined) throw new ActError(404, `there is no chat ${reference}`)
  return chat
}

export function getGroup(world: World, reference: string): GroupChat {
  const chat = getChat(world, reference)
  if (chat.kind === 'private') throw new ActError(409, `the chat ${reference} is no group`)
  return chat
}

export function getMessage(book: MessageBook, key: number): Message {
  const message = book.find(key)
  if (message === undefined) throw new ActError(404, `there is no message ${key}`)
  return message
}

/** A person or a bot, by id or a bot's username. */
export function getUser(world: World, reference: number | string): User {
  const user = world.people.get(Number(reference)) ?? findBot(world, reference)
  if (user === undefined) throw new ActError(404, `there is no person or bot ${reference}`)
  return user
}

function findChat(world: World, reference: string): Chat | undefined {
  const [, botId, personId] = /^(\d+):(\d+)$/.exec(reference) ?? []
  if (botId === undefined) return world.groups.get(Number(reference))
  return world.bots.get(Number(botId))?.privateChats.get(Number(personId))
}
