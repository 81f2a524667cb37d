import type { Clock } from '../clock.ts'
import { randomLongId } from '../random.ts'
import type { Random } from '../random.ts'
import type { CallbackAnswer, CallbackPress, Changes } from './changes.ts'
import type { Message } from './message.ts'
import { notifyCallback } from './notify.ts'
import type { Bot, Person } from './user.ts'

export interface Callbacks {
  /** A person presses a button; the bot gets a callback query. */
  press(event: { bot: Bot; person: Person; message: Message; data: string }): CallbackPress
  /** Waits for the bot's answer; `undefined` when it does not come in time. */
  waitForAnswer(press: CallbackPress, waitMs: number): Promise<CallbackAnswer | undefined>
  /** `false`: there is no such query of this bot, or it is too old, or it was answered already. */
  answer(bot: Bot, id: string, answer: CallbackAnswer): boolean
  clear(): void
}

interface Pending {
  readonly press: CallbackPress
  readonly pressedAtMs: number
  readonly waiters: ((answer: CallbackAnswer) => void)[]
  answer: CallbackAnswer | undefined
}

const MAX_REMEMBERED = 10_000

/** Pressed buttons. `lifetimeMs` is how long a query may be answered. */
export function createCallbacks(dependencies: {
  clock: Clock
  random: Random
  changes: Changes
  lifetimeMs: () => number
}): Callbacks {
  const { clock, random, changes, lifetimeMs } = dependencies
  const pending = new Map<string, Pending>()

  function forgetOldest(): void {
    for (const id of pending.keys()) {
      if (pending.size <= MAX_REMEMBERED) return
      pending.delete(id)
    }
  }

  return {
    press({ bot, person, message, data }) {
      const press: CallbackPress = { id: randomLongId(random), bot, person, message }
      pending.set(press.id, { press, pressedAtMs: clock.nowMs(), waiters: [], answer: undefined })
      forgetOldest()
      notifyCallback(press, data, chatInstanceOf(message, person))
      return press
    },
    waitForAnswer(press, waitMs) {
      const entry = pending.get(press.id)
      if (entry === undefined || entry.answer !== undefined) return Promise.resolve(entry?.answer)
      return new Promise((resolve) => {
        const cancel = clock.after(waitMs, () => resolve(undefined))
        entry.waiters.push((answer) => {
          cancel()
          resolve(answer)
        })
      })
    },
    answer(bot, id, answer) {
      const entry = pending.get(id)
      if (entry === undefined || entry.press.bot !== bot || entry.answer !== undefined) return false
      if (clock.nowMs() - entry.pressedAtMs > lifetimeMs()) return false
      entry.answer = answer
      for (const waiter of entry.waiters) waiter(answer)
      changes.emit({ kind: 'callbackAnswer', press: entry.press, answer })
      return true
    },
    clear: () => pending.clear(),
  }
}

/** A number that stays the same for one chat; bots use it to tell chats of inline messages apart. */
function chatInstanceOf(message: Message, person: Person): string {
  const { chat } = message
  const seed = chat.kind === 'private' ? chat.bot.id * 31 + person.id : Math.abs(chat.id)
  return String(BigInt(seed) * 2_654_435_761n + 1_000_003n)
}
