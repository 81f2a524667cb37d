import assert from 'node:assert/strict'
import { inTransaction, lockPerson, type Database } from '@postino/database'
import { Context, type Bot } from 'grammy'
import type { BotContext, ServedShop } from './bot-context.ts'
import type { MessageContext } from './on-command.ts'
import type { Outbox } from './outbox.ts'

/** Somebody whom Telegram has named to us elsewhere than in an update. */
export interface TelegramPerson {
  /** Also the id of their private chat with each bot. */
  id: number
  firstName: string
  lastName?: string | undefined
  username?: string | undefined
  languageCode?: string | undefined
}

export interface PersonsAct {
  person: TelegramPerson
  /** Unix seconds: an older update does not undo it. */
  date: number
  proof: Readonly<Record<string, string | number>>
}

/**
 * Lets what a person did elsewhere take effect in their private chat as an update would: in one transaction, one after the other
 * with the chat's updates, and what is said follows the commit. Whatever `work` throws leaves nothing behind.
 */
export type ActOutside = <T>(act: PersonsAct, work: (context: MessageContext) => Promise<T>) => Promise<T>

export function createActOutside(dependencies: {
  database: Database
  bot: Bot<BotContext>
  outbox: Outbox
  currentShop: () => ServedShop
}): ActOutside {
  const { database, bot, outbox, currentShop } = dependencies
  return async (act, work) => {
    const shop = currentShop()
    let acts: (() => void)[] = []
    const result = await inTransaction(database, async (transaction) => {
      // What a try that was undone would have said is not said.
      acts = []
      await lockPerson(transaction, shop.shopId, act.person.id)
      const context = Object.assign(new Context(updateOf(act), bot.api, bot.botInfo), {
        shop,
        database: transaction,
        outbox,
        afterCommit: (later: () => void) => void acts.push(later),
        proof: act.proof,
      })
      assert(context.hasChatType('private') && context.has('message'), 'the act is a private message')
      return await work(context)
    })
    for (const later of acts) later()
    return result
  }
}

/** Before every update of its second: whatever the person does in the chat itself counts as later. */
function updateOf({ person, date }: PersonsAct) {
  const { id, firstName: first_name, lastName: last_name, username, languageCode: language_code } = person
  const names = {
    first_name,
    ...(last_name !== undefined && { last_name }),
    ...(username !== undefined && { username }),
  }
  return {
    update_id: 0,
    message: {
      message_id: 0,
      date,
      chat: { id, type: 'private' as const, ...names },
      from: { id, is_bot: false, ...names, ...(language_code !== undefined && { language_code }) },
    },
  }
}
