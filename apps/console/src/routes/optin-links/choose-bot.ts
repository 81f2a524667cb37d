import { listBotsOfShop, type Bot, type Database } from '@postino/database'
import { invalidBody } from '@postino/http'
import { conflict } from '../../problems.ts'

/** The bot a body names, or else the preferred one, or the first that is served. Ends with a problem when there is none. */
export async function chooseBot(
  database: Database,
  shopId: string,
  wish: { username: string | undefined; preferred: string | undefined; field?: string },
): Promise<Bot> {
  const { username, preferred, field = 'bot' } = wish
  const bots = await listBotsOfShop(database, shopId)
  if (username !== undefined) return findNamed(bots, username) ?? refuse(bots, { username, field })
  const served = bots.filter(({ status }) => status === 'active')
  const bot = (preferred === undefined ? undefined : findNamed(served, preferred)) ?? served[0]
  if (bot === undefined) throw conflict('The shop has no bot that is served: add one with postino bot add.')
  return bot
}

/** Telegram does not tell capital letters in user names. An archived bot is nobody's way in any more. */
export function findNamed(bots: readonly Bot[], username: string): Bot | undefined {
  const wanted = username.toLowerCase()
  return bots.find((bot) => bot.username.toLowerCase() === wanted && isKept(bot))
}

function refuse(bots: readonly Bot[], { username, field }: { username: string; field: string }): never {
  const names = bots.filter(isKept).map((bot) => bot.username)
  const wayOut = names.length === 0 ? 'it has none yet' : `it has ${names.join(', ')}`
  throw invalidBody([
    {
      pointer: `/${field}`,
      code: 'unknown_bot',
      detail: `${field} ${username} is none of this shop: ${wayOut}.`,
    },
  ])
}

function isKept({ status }: Bot): boolean {
  return status !== 'archived'
}
