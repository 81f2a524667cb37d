/** A bot's limit per second: the one it was given, or less after Telegram said that it was too much. */
export interface AdaptiveLimit {
  /** Not whole while it recovers. */
  perSecondAt(nowMs: number): number
  lower(nowMs: number): void
  /** Share of the full limit at the last change, and when that was. */
  state(): LimitState
}

export interface LimitState {
  share: number
  changedMs: number
}

const CUT = 0.8
const CLEAN_MS = 60_000
// From a fifth down back to the full limit takes twelve clean minutes: soon enough to matter, too slow to be a nuisance.
const RECOVERED_SHARE = 1 / 60
// The calls that were under way together with the refused one come back refused as well: one event, one cut.
const ONE_EVENT_MS = 2_000

export function createAdaptiveLimit(fullPerSecond: number, saved?: LimitState): AdaptiveLimit {
  let state = saved ?? { share: 1, changedMs: -Infinity }

  function shareAt(nowMs: number): number {
    if (state.share >= 1) return 1
    const cleanMinutes = Math.max(0, Math.floor((nowMs - state.changedMs) / CLEAN_MS))
    return Math.min(1, state.share + cleanMinutes * RECOVERED_SHARE)
  }

  return {
    // One a second always remains: less would starve the bot for good.
    perSecondAt: (nowMs) => Math.max(1, shareAt(nowMs) * fullPerSecond),
    lower(nowMs) {
      if (nowMs - state.changedMs < ONE_EVENT_MS) return
      state = { share: Math.max(shareAt(nowMs) * CUT, 1 / fullPerSecond), changedMs: nowMs }
    },
    state: () => state,
  }
}
