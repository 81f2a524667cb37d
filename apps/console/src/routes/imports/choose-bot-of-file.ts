import { listBotsOfShop, type Database } from '@postino/database'
import { invalidParameter } from '@postino/http'
import { conflict } from '../../problems.ts'
import { findNamed } from '../optin-links/choose-bot.ts'

/** The bot that has the chats of a file: the one that is named, or the only one. Ends with a problem when nobody can tell. */
export async function chooseBotOfFile(
  database: Database,
  shopId: string,
  username: string | undefined,
): Promise<{ id: string }> {
  const bots = (await listBotsOfShop(database, shopId)).filter(({ status }) => status !== 'archived')
  const names = bots.map((bot) => bot.username).join(', ')
  const [first, second] = bots
  if (first === undefined) throw conflict('The shop has no bot: add one with postino bot add.')
  if (username === undefined) {
    if (second === undefined) return first
    throw invalidParameter(
      'bot',
      'required',
      `bot is missing: the shop has ${names}, and each has chats of its own.`,
    )
  }
  const named = findNamed(bots, username)
  if (named === undefined)
    throw invalidParameter('bot', 'unknown_bot', `bot is none of this shop: it has ${names}.`)
  return named
}
