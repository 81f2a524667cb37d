/** A bot's limit per second: the one it was given, or less after Telegram said that it was too much. */
export interface AdaptiveLimit {
  /** Not whole while it looks for its place. Never above the full limit, never below one. */
  perSecondAt(nowMs: number): number
  /** Refused at this rate; until `silentUntilMs` nothing is sent, so that time is no proof of anything. */
  lower(nowMs: number, silentUntilMs: number): void
  /** How long what was learned may still be of use. */
  lastsMs(nowMs: number): number
  state(): LimitState
}

/** Rates are shares of the full limit. */
export interface LimitState {
  share: number
  /** What was clean for long enough to go back to; 0 when nothing is known to be. */
  provenShare: number
  /** What was refused last; 1 when nothing was. */
  refusedShare: number
  /** Probes refused one after the other. */
  failures: number
  /** The last change of the share, or the end of the silence it began with. */
  changedMs: number
}

export const UNTOUCHED_LIMIT: LimitState = {
  share: 1,
  provenShare: 1,
  refusedShare: 1,
  failures: 0,
  changedMs: -Infinity,
}

const CUT = 0.8
const CLEAN_MS = 60_000
// After a refused probe the next one waits four times as long, up to sixteen minutes: 429s that teach nothing are worth avoiding.
const WAIT_FACTOR = 4
const MOST_FAILURES = 2
// Of the way from a clean rate back to the refused one.
const STEP = 1 / 3
const LEAST_STEP = 1 / 60
// A bot that pauses goes on with what it knows, but what was true before is less and less likely so.
const REMEMBERED_MS = 60 * 60_000
// The calls that were under way together with the refused one come back refused as well: one event, one cut.
const ONE_EVENT_MS = 500

/**
 * Nobody says what a bot's real limit is; it shows in refusals, and each costs a silence. So, as TCP CUBIC does: a refused
 * rate falls by a fifth until one is clean; from there a third of the way back to the refused one after every clean minute, in ever
 * smaller steps; then, carefully, beyond it, in ever larger ones. A step that is refused costs only itself, and its
 * repetition waits longer each time.
 */
export function createAdaptiveLimit(fullPerSecond: number, saved = UNTOUCHED_LIMIT): AdaptiveLimit {
  const leastStep = Math.max(LEAST_STEP, 1 / fullPerSecond)
  let state = saved

  function advance(nowMs: number): LimitState {
    while (state.provenShare < 1 && nowMs - state.changedMs >= waitMs(state)) state = rise(state, leastStep)
    return state
  }

  return {
    // One a second always remains: less would starve the bot for good.
    perSecondAt: (nowMs) => Math.max(1, advance(nowMs).share * fullPerSecond),
    lower(nowMs, silentUntilMs) {
      const before = advance(nowMs)
      if (!isProbe(before) && nowMs - before.changedMs < ONE_EVENT_MS) return
      state = { ...fall(before, 1 / fullPerSecond), changedMs: Math.max(nowMs, silentUntilMs) }
    },
    lastsMs: (nowMs) =>
      advance(nowMs).provenShare === 1 ? 0 : Math.max(0, state.changedMs - nowMs) + REMEMBERED_MS,
    state: () => state,
  }
}

/** Above what is proven, one step. */
function isProbe({ share, provenShare }: LimitState): boolean {
  return provenShare > 0 && provenShare < share
}

/** Until the present share is proven; until the next probe, when it was proven before and this is where one fell back to. */
function waitMs({ share, provenShare, failures }: LimitState): number {
  return share > provenShare ? CLEAN_MS : CLEAN_MS * WAIT_FACTOR ** Math.min(failures, MOST_FAILURES)
}

function rise(state: LimitState, leastStep: number): LimitState {
  const { share, refusedShare } = state
  const isBeyond = share >= refusedShare
  const gap = Math.abs(refusedShare - share)
  const step = isBeyond ? Math.max(leastStep, gap) : Math.max(leastStep, gap * STEP)
  return {
    share: Math.min(1, share + step),
    provenShare: share,
    refusedShare,
    failures: isBeyond ? 0 : state.failures,
    changedMs: state.changedMs + waitMs(state),
  }
}

function fall(state: LimitState, leastShare: number): Omit<LimitState, 'changedMs'> {
  const { share, provenShare, failures } = state
  if (isProbe(state)) return { share: provenShare, provenShare, refusedShare: share, failures: failures + 1 }
  return { share: Math.max(share * CUT, leastShare), provenShare: 0, refusedShare: share, failures }
}
