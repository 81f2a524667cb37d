import { getBot } from '../world/bot-accounts.ts'
import type { BotAccounts, NewBot } from '../world/bot-accounts.ts'
import { ActError } from '../world/act-error.ts'
import type { World } from '../world/world.ts'
import type { BotReference } from './people-control.ts'
import { viewBot } from './view-accounts.ts'
import type { BotView } from './views.ts'

/** The bots, as their owners see them at @BotFather. */
export interface BotsControl {
  add(bot?: NewBot): BotView
  list(): BotView[]
  get(bot: BotReference): BotView
  change(bot: BotReference, change: Omit<NewBot, 'id' | 'token'>): BotView
  /** The old token is answered 401 from now on. `null`: without a new one. */
  revoke(bot: BotReference, token?: string | null): BotView
  /** Puts any update into the bot's queue as it is; answers its number. */
  addUpdate(bot: BotReference, update: Record<string, unknown>, updateId?: number): { update_id: number }
}

export function createBotsControl(dependencies: { world: World; botAccounts: BotAccounts }): BotsControl {
  const { world, botAccounts } = dependencies
  return {
    add: (bot = {}) => viewBot(botAccounts.add(bot)),
    list: () => [...world.bots.values()].map(viewBot),
    get: (bot) => viewBot(getBot(world, bot)),
    change: (bot, change) => viewBot(botAccounts.change(getBot(world, bot), change)),
    revoke: (bot, token) => viewBot(botAccounts.revokeToken(getBot(world, bot), token)),
    addUpdate(bot, update, updateId) {
      const id = getBot(world, bot).inbox.addForeign(update, updateId)
      if (id === undefined) throw new ActError(409, "the bot's queue is full")
      return { update_id: id }
    },
  }
}
