import type { Clock } from '../clock.ts'
import type { Bot } from '../world/user.ts'
import { DONE_TRUE } from './method.ts'
import type { Methods } from './method.ts'
import { refusal } from './refused-error.ts'
import type { Refusal } from './refused-error.ts'

/** After logOut a bot cannot come back to the same server for this long. */
const LOGGED_OUT_MS = 10 * 60 * 1000
const LOGGED_OUT: Refusal = { status: 'refused', code: 400, description: 'Logged out' }

export interface Session {
  readonly methods: Methods
  /** What a call of this bot is answered because of its session; `undefined`: it may go on. */
  check(bot: Bot, method: string): Refusal | undefined
}

/** logOut and close. A closed bot is opened again by its next call, a logged-out one only after ten minutes. */
export function createSession({ clock }: { clock: Clock }): Session {
  const loggedOutAtMs = new WeakMap<Bot, number>()

  return {
    methods: {
      logOut({ bot }) {
        bot.session = 'loggedOut'
        loggedOutAtMs.set(bot, clock.nowMs())
        bot.inbox.close(LOGGED_OUT)
        bot.inbox.clear()
        return DONE_TRUE
      },
      close({ bot }) {
        bot.session = 'closed'
        return DONE_TRUE
      },
    },
    check(bot, method) {
      switch (bot.session) {
        case 'open':
          return undefined
        case 'closed':
          if (method === 'close') return refusal(400, 'the bot has already been closed')
          break
        case 'loggedOut':
          if (clock.nowMs() - (loggedOutAtMs.get(bot) ?? 0) < LOGGED_OUT_MS) return LOGGED_OUT
          break
      }
      bot.session = 'open'
      return undefined
    },
  }
}
