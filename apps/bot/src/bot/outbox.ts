import type { FloodWindowSettings } from '@postino/telegram'
import type { Clock } from './clock.ts'
import type { Saying } from './lines.ts'
import type { OnReplyFailure } from './reply-failure.ts'
import { createSpeaker, type SpeakerDependencies } from './speaker.ts'

const MAX_ANSWERS_UNDER_WAY = 1_000
const CLOSING_MS = 3_000

/**
 * What one bot has to say to people. It lives in memory: what is lost in a crash people can ask for again, as the effect
 * of their act is kept.
 */
export interface Outbox {
  /** In its turn, and in a slot of the bot: messages and edits. */
  say: (saying: Saying) => void
  /** At once: answers to pressed buttons, which Telegram does not count as messages. */
  answer: (call: () => Promise<unknown>) => void
  /** Telegram wants silence from the whole bot for so long. */
  pause: (forMs: number) => void
  /** Takes nothing more, and says what waits for up to three seconds. */
  close: () => Promise<void>
}

export interface OutboxDependencies {
  clock: Clock
  pace: FloodWindowSettings
  takeSlot: SpeakerDependencies['takeSlot']
  /** Told of each failed call; what it says about another try counts for sayings. Must not throw. */
  onFailure: OnReplyFailure
  /** So much waits already that something was left unsaid. */
  onOverflow: () => void
}

export function createOutbox(dependencies: OutboxDependencies): Outbox {
  const { clock, pace, takeSlot, onFailure, onOverflow } = dependencies
  const speaker = createSpeaker({ clock, pace, takeSlot, attempt, onSilent: endWhenIdle })
  const answers = new Set<Promise<unknown>>()
  const idle = Promise.withResolvers<void>()
  let isClosing = false

  async function attempt(call: () => Promise<unknown>, chatId?: number): Promise<number | undefined> {
    try {
      await call()
      return undefined
    } catch (error) {
      return onFailure(error, chatId)
    }
  }

  function endWhenIdle(): void {
    if (isClosing && speaker.isSilent() && answers.size === 0) idle.resolve()
  }

  return {
    say(saying) {
      if (!isClosing && !speaker.say(saying)) onOverflow()
    },
    answer(call) {
      if (answers.size >= MAX_ANSWERS_UNDER_WAY) return onOverflow()
      const answering = attempt(call).finally(() => {
        answers.delete(answering)
        endWhenIdle()
      })
      answers.add(answering)
    },
    pause: speaker.pause,
    async close() {
      isClosing = true
      const cancelWait = clock.after(CLOSING_MS, idle.resolve)
      endWhenIdle()
      await idle.promise
      cancelWait()
      speaker.stop()
    },
  }
}
