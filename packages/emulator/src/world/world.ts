import type { Chat, GroupChat, PrivateChat } from './chat.ts'
import type { Bot, Person } from './user.ts'

/** Every account and chat of the emulator. Accounts come in by `addBot` and `addPerson`. */
export interface World {
  readonly bots: Map<number, Bot>
  readonly people: Map<number, Person>
  readonly groups: Map<number, GroupChat>
  /** Accounts by their username in lower case, so that ten thousand are made as quickly as ten. */
  readonly usernames: Map<string, Bot | Person>
  /** By the first id of a row: where to look for the next free one. */
  readonly nextIds: Map<number, number>
}

export function createWorld(): World {
  return { bots: new Map(), people: new Map(), groups: new Map(), usernames: new Map(), nextIds: new Map() }
}

export function addBot(world: World, bot: Bot): void {
  world.bots.set(bot.id, bot)
  if (bot.username !== '') world.usernames.set(bot.username.toLowerCase(), bot)
}

export function addPerson(world: World, person: Person): void {
  world.people.set(person.id, person)
  if (person.username !== '') world.usernames.set(person.username.toLowerCase(), person)
}

/** The username is free, or the account's own. */
export function renameAccount(world: World, account: Bot | Person, username: string): void {
  world.usernames.delete(account.username.toLowerCase())
  account.username = username
  if (username !== '') world.usernames.set(username.toLowerCase(), account)
}

export function clearAccounts(world: World): void {
  for (const part of [world.bots, world.people, world.usernames, world.nextIds]) part.clear()
}

/** By id or username, with or without `@`, in any case. */
export function findBot(world: World, reference: number | string): Bot | undefined {
  const id = Number(reference)
  if (Number.isInteger(id)) return world.bots.get(id)
  const username = String(reference).replace(/^@/, '').toLowerCase()
  const account = world.usernames.get(username)
  return account?.kind === 'bot' ? account : undefined
}

/** A public group or channel, by its username without `@`. */
export function findPublicGroup(world: World, username: string): GroupChat | undefined {
  const wanted = username.toLowerCase()
  return [...world.groups.values()].find(
    (group) => group.username !== '' && group.username.toLowerCase() === wanted && !group.deleted,
  )
}

/** The chat of a person with a bot; it exists from the first time anybody asks. */
export function privateChatOf(bot: Bot, person: Person): PrivateChat {
  const existing = bot.privateChats.get(person.id)
  if (existing !== undefined) return existing
  const chat: PrivateChat = {
    kind: 'private',
    bot,
    person,
    state: 'unknown',
    startParameter: undefined,
    byId: new Map(),
    keyboard: undefined,
    messages: [],
    messageCount: 0,
  }
  bot.privateChats.set(person.id, chat)
  return chat
}

/** Every private chat that was opened and every group. */
export function allChats(world: World): Chat[] {
  const privateChats = [...world.bots.values()].flatMap((bot) => [...bot.privateChats.values()])
  return [...privateChats.filter(isVisible), ...world.groups.values()]
}

export function chatsOfPerson(world: World, person: Person): Chat[] {
  const privateChats = [...world.bots.values()].flatMap((bot) => bot.privateChats.get(person.id) ?? [])
  const groups = [...world.groups.values()].filter((group) => group.members.has(person.id))
  return [...privateChats.filter(isVisible), ...groups]
}

/** A chat stands in a phone's list once its link was opened or something was written. */
function isVisible(chat: PrivateChat): boolean {
  return (
    chat.messages.length > 0 ||
    chat.startParameter !== undefined ||
    chat.state === 'started' ||
    chat.state === 'blocked'
  )
}
