import { randomText } from '../random.ts'
import type { Random } from '../random.ts'
import type { Inbox } from '../updates/inbox.ts'
import { ActError } from './act-error.ts'
import type { Changes } from './changes.ts'
import { takeId, takeUsername } from './new-id.ts'
import type { Bot } from './user.ts'
import { addBot, findBot, renameAccount } from './world.ts'
import type { World } from './world.ts'

export interface NewBot {
  readonly id?: number | undefined
  readonly token?: string | undefined
  readonly username?: string | undefined
  readonly name?: string | undefined
  readonly reads_all_group_messages?: boolean | undefined
}

/** Bots as their owners make them. */
export interface BotAccounts {
  add(bot: NewBot): Bot
  change(bot: Bot, change: Omit<NewBot, 'id' | 'token'>): Bot
  /** The old token is refused from now on. Without a new one (`null`) the bot cannot be called at all. */
  revokeToken(bot: Bot, newToken?: string | null): Bot
}

const TOKEN = /^(?=.{0,80}$)([1-9]\d*):[\w-]{24,}$/
const SECRET_LENGTH = 35
const FIRST_ID = 7_000_001

export function createBotAccounts(dependencies: {
  world: World
  changes: Changes
  random: Random
  createInbox: (bot: () => Bot) => Inbox
}): BotAccounts {
  const { world, changes, random, createInbox } = dependencies

  function announce(bot: Bot): Bot {
    changes.emit({ kind: 'bot', bot })
    return bot
  }

  return {
    add({ id: wantedId, token, username, name, reads_all_group_messages: readsAllGroupMessages = false }) {
      if (token !== undefined && !TOKEN.test(token)) {
        throw new ActError(400, 'a token is <id>:<24 letters or more>, 80 characters in all')
      }
      const id = takeId(world, FIRST_ID, token === undefined ? wantedId : Number(token.split(':')[0]))
      const handle = takeUsername(world, username ?? `bot${id}_bot`)
      const bot: Bot = {
        kind: 'bot',
        id,
        token: token ?? newToken(id, random),
        name: name ?? handle,
        username: handle,
        description: '',
        shortDescription: '',
        readsAllGroupMessages,
        commands: new Map(),
        privateChats: new Map(),
        inbox: createInbox(() => bot),
        session: 'open',
        lastMessageId: 0,
      }
      addBot(world, bot)
      return announce(bot)
    },
    change(bot, { name, username, reads_all_group_messages: readsAll }) {
      if (username !== undefined) renameAccount(world, bot, takeUsername(world, username, bot))
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
  }
}

export function getBot(world: World, reference: number | string): Bot {
  const bot = findBot(world, reference)
  if (bot === undefined) throw new ActError(404, `there is no bot ${reference}`)
  return bot
}

function newToken(botId: number, random: Random): string {
  return `${botId}:${randomText(random, SECRET_LENGTH)}`
}
