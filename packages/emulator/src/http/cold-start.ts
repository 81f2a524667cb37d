import type { Clock } from '../clock.ts'
import type { FloodModel } from '../flood/flood-model.ts'
import type { Bot } from '../world/user.ts'

/** The first call of a bot loads it into the server, which takes only so many new bots from one address. */
export interface ColdStart {
  /** Seconds after which the call may be repeated; 0: it may go on. */
  check(bot: Bot, address: () => string): number
}

export function createColdStart(clock: Clock, model: FloodModel): ColdStart {
  const loaded = new WeakSet<Bot>()
  return {
    check(bot, address) {
      if (loaded.has(bot)) return 0
      const decision = model.arriveColdBot({ address: address(), nowMs: clock.nowMs() })
      if (decision.status === 'refuse') return decision.retryAfterSeconds
      loaded.add(bot)
      return 0
    },
  }
}
