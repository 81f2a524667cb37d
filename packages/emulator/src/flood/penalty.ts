import type { PenaltySettings } from './flood-settings.ts'

/** The penalties of one bot or one chat, one after another. */
export type Penalty = {
  /** Milliseconds that are left at `nowMs`; 0 when there is none. */
  leftMs: (nowMs: number) => number
  /** Begins a penalty of `waitMs`, grown by the offences before it; returns its length. */
  punish: (waitMs: number, nowMs: number) => { retryAfterSeconds: number }
  /** A call came inside the penalty; returns how long it now lasts. */
  disobey: (nowMs: number) => { retryAfterSeconds: number }
  /** From this time on nothing is remembered any more. */
  forgottenAt: () => number
}

export function createPenalty(settings: () => PenaltySettings): Penalty {
  let offences = 0
  let baseSeconds = 0
  let endMs = Number.NEGATIVE_INFINITY

  function forgottenAt(): number {
    return endMs + settings().forgetAfterMs
  }

  function punish(waitMs: number, nowMs: number): { retryAfterSeconds: number } {
    const { minSeconds, maxSeconds, factor } = settings()
    if (nowMs >= forgottenAt()) offences = 0
    baseSeconds = Math.ceil(Math.max(1, minSeconds, waitMs / 1000))
    const grown = baseSeconds * factor ** offences
    // The cap holds back growth only: less than the wait itself would send the bot straight into the next offence.
    const retryAfterSeconds = Math.max(baseSeconds, Math.ceil(Math.min(grown, maxSeconds)))
    offences++
    endMs = nowMs + retryAfterSeconds * 1000
    return { retryAfterSeconds }
  }

  function leftMs(nowMs: number): number {
    return Math.max(0, endMs - nowMs)
  }

  return {
    leftMs,
    punish,
    disobey(nowMs) {
      if (settings().end === 'extend') return punish(baseSeconds * 1000, nowMs)
      return { retryAfterSeconds: Math.ceil(leftMs(nowMs) / 1000) }
    },
    forgottenAt,
  }
}
