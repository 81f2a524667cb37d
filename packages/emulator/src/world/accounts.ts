import { randomText } from '../random.ts'
import type { Random } from '../random.ts'
import type { Inbox } from '../updates/inbox.ts'
import { ActError } from './act-error.ts'
import type { Changes } from './changes.ts'
import type { Bot, Person } from './user.ts'
import { findBot } from './world.ts'
import type { World } from './world.ts'

export interface NewBot {
  readonly id?: number | undefined
  readonly token?: string | undefined
  readonly username?: string | undefined
  readonly name?: string | undefined
  readonly reads_all_group_messages?: boolean | undefined
}

export interface NewPerson {
  readonly id?: number | undefined
  readonly first_name?: string | undefined
  readonly last_name?: string | undefined
  readonly username?: string | undefined
  readonly language_code?: string | undefined
  readonly phone_number?: string | undefined
}

export interface Accounts {
  addBot(bot: NewBot): Bot
  changeBot(bot: Bot, change: Omit<NewBot, 'id' | 'token'>): Bot
  /** The old token is refused from now on. Without a new one (`null`) the bot cannot be called at all. */
  revokeToken(bot: Bot, newToken?: string | null): Bot
  addPerson(person: NewPerson): Person
  changePerson(person: Person, change: Omit<NewPerson, 'id'>): Person
  deactivate(person: Person): Person
}

const TOKEN = /^([1-9]\d*):[\w-]{24,}$/
const SECRET_LENGTH = 35
const FIRST_BOT_ID = 7_000_001
const FIRST_PERSON_ID = 501

export function createAccounts(dependencies: {
  world: World
  changes: Changes
  random: Random
  createInbox: (bot: () => Bot) => Inbox
}): Accounts {
  const { world, changes, random, createInbox } = dependencies

  function newId(first: number, wanted: number | undefined): number {
    if (wanted !== undefined) {
      if (!Number.isSafeInteger(wanted) || wanted <= 0) throw new ActError(400, 'an id is a positive integer')
      if (world.bots.has(wanted) || world.people.has(wanted))
        throw new ActError(409, `the id ${wanted} is taken`)
      return wanted
    }
    let id = first
    while (world.bots.has(id) || world.people.has(id)) id += 1
    return id
  }

  function checkUsername(username: string, owner?: Bot | Person): string {
    const wanted = username.replace(/^@/, '').toLowerCase()
    const users = [...world.bots.values(), ...world.people.values()]
    const taken = users.some((user) => user !== owner && user.username.toLowerCase() === wanted)
    if (wanted !== '' && taken) throw new ActError(409, `the username ${username} is taken`)
    return username.replace(/^@/, '')
  }

  function announce<Account extends Bot | Person>(account: Account): Account {
    changes.emit(account.kind === 'bot' ? { kind: 'bot', bot: account } : { kind: 'person', person: account })
    return account
  }

  return {
    addBot({ id, token, username, name, reads_all_group_messages: readsAll = false }) {
      if (token !== undefined && !TOKEN.test(token))
        throw new ActError(400, 'a token is <id>:<24 letters or more>')
      const botId = newId(FIRST_BOT_ID, token === undefined ? id : Number(token.split(':')[0]))
      const handle = checkUsername(username ?? `bot${botId}_bot`)
      const bot: Bot = {
        kind: 'bot',
        id: botId,
        token: token ?? newToken(botId, random),
        name: name ?? handle,
        username: handle,
        description: '',
        shortDescription: '',
        readsAllGroupMessages: readsAll,
        commands: new Map(),
        privateChats: new Map(),
        inbox: createInbox(() => bot),
        session: 'open',
        lastMessageId: 0,
      }
      world.bots.set(botId, bot)
      return announce(bot)
    },
    changeBot(bot, { name, username, reads_all_group_messages: readsAll }) {
      if (username !== undefined) bot.username = checkUsername(username, bot)
      if (name !== undefined) bot.name = name
      if (readsAll !== undefined) bot.readsAllGroupMessages = readsAll
      return announce(bot)
    },
    revokeToken(bot, replacement) {
      if (typeof replacement === 'string' && TOKEN.exec(replacement)?.[1] !== String(bot.id)) {
        throw new ActError(400, `a token of this bot begins with ${bot.id}:`)
      }
      bot.token = replacement === null ? undefined : (replacement ?? newToken(bot.id, random))
      bot.inbox.close({ status: 'refused', code: 401, description: 'Unauthorized' })
      return announce(bot)
    },
    addPerson(person) {
      const id = newId(FIRST_PERSON_ID, person.id)
      const added: Person = {
        kind: 'person',
        id,
        firstName: person.first_name ?? `Person ${id}`,
        lastName: person.last_name ?? '',
        username: checkUsername(person.username ?? ''),
        languageCode: person.language_code ?? 'en',
        phoneNumber: person.phone_number ?? `+39000${String(id).padStart(7, '0')}`,
        deactivated: false,
      }
      world.people.set(id, added)
      return announce(added)
    },
    changePerson(person, change) {
      if (change.username !== undefined) person.username = checkUsername(change.username, person)
      person.firstName = change.first_name ?? person.firstName
      person.lastName = change.last_name ?? person.lastName
      person.languageCode = change.language_code ?? person.languageCode
      person.phoneNumber = change.phone_number ?? person.phoneNumber
      return announce(person)
    },
    deactivate(person) {
      person.deactivated = true
      return announce(person)
    },
  }
}

export function getBot(world: World, reference: number | string): Bot {
  const bot = findBot(world, reference)
  if (bot === undefined) throw new ActError(404, `there is no bot ${reference}`)
  return bot
}

export function getPerson(world: World, id: number): Person {
  const person = world.people.get(id)
  if (person === undefined) throw new ActError(404, `there is no person ${id}`)
  return person
}

function newToken(botId: number, random: Random): string {
  return `${botId}:${randomText(random, SECRET_LENGTH)}`
}
