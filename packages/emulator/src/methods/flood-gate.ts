import type { Clock } from '../clock.ts'
import type { FloodModel } from '../flood/flood-model.ts'
import type { FloodReport } from '../flood/flood-report.ts'
import { chatIdOf } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'
import type { Bot } from '../world/user.ts'
import { floodRefusal, RefusedError } from './refused-error.ts'

/** A send or an edit that asks to pass. */
interface Passage {
  readonly bot: Bot
  readonly chat: Chat
  /** Messages: the items of an album, else one. */
  readonly cost: number
  readonly paid: boolean
}

export interface FloodGate {
  /**
   * Lets a call pass, at once or after a while.
   * @throws {RefusedError} 429 when it came too soon.
   */
  pass(passage: Passage): Promise<void> | undefined
}

/** A chat with this many messages not yet sent takes no more. */
const MAX_HELD_PER_CHAT = 310
const OVERFULL_HOLD_MS = 3000
const OVERFULL_RETRY_SECONDS = 60

/** Telegram's flood control in front of every send and edit. */
export function createFloodGate(dependencies: {
  clock: Clock
  model: FloodModel
  report: FloodReport
}): FloodGate {
  const { clock, model, report } = dependencies
  const heldByChat = new Map<Chat, number>()

  function hold(passage: Passage, holdMs: number): Promise<void> {
    const { chat } = passage
    heldByChat.set(chat, (heldByChat.get(chat) ?? 0) + passage.cost)
    return new Promise((resolve) =>
      clock.after(holdMs, () => {
        const left = (heldByChat.get(chat) ?? 0) - passage.cost
        if (left > 0) heldByChat.set(chat, left)
        else heldByChat.delete(chat)
        resolve()
      }),
    )
  }

  function refuseOverfull(): Promise<never> {
    return new Promise((_resolve, reject) =>
      clock.after(OVERFULL_HOLD_MS, () => reject(new RefusedError(floodRefusal(OVERFULL_RETRY_SECONDS)))),
    )
  }

  return {
    pass(passage) {
      const { bot, chat, cost, paid } = passage
      const nowMs = clock.nowMs()
      if ((heldByChat.get(chat) ?? 0) >= MAX_HELD_PER_CHAT) return refuseOverfull()
      const call = { botId: bot.id, chatId: chatIdOf(chat), chatKind: chat.kind, cost, paid, nowMs }
      report.arrived(call)
      const decision = model.arrive(call)
      switch (decision.status) {
        case 'pass':
          return undefined
        case 'hold':
          return hold(passage, decision.holdMs)
        case 'refuse':
          report.refused({ botId: bot.id, insidePenalty: decision.insidePenalty })
          throw new RefusedError(floodRefusal(decision.retryAfterSeconds))
      }
    },
  }
}
