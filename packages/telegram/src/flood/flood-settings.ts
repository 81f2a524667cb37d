export interface FloodWindowSettings {
  /** Messages a bot may send per second: 30, or with paid broadcast up to 1000 (core.telegram.org/bots/faq). */
  limitPerSecond: number
  /** In any one chat, groups too. Default 1. */
  chatPerSecond?: number
  /** How many a chat takes at once before `chatPerSecond` holds. Default 3. */
  chatBurst?: number
  /** In a group or channel within `groupWindowMs`. Default 20. */
  groupLimit?: number
  /** Default 60,000. */
  groupWindowMs?: number
  /** Added to every window. At least 2, as clocks of whole milliseconds are off by up to one at each end. Default 2. */
  guardMs?: number
  /**
   * How long a call that nobody watched to its end may still be on its way to Telegram: those of a process that died, and
   * those not answered when the state was saved. Default 1,000.
   */
  lostCallMs?: number
  /** The dearest call an owner makes: after a crash a chat may have got that much. Albums: 10. Default 1. */
  largestCost?: number
  /** Names the clock the caller reads, such as the host's name. Default ''. */
  clockId?: string
  /** How far another clock may be ahead of the one a state was saved by. Default 20. */
  clockSkewMs?: number
}

export type FloodRules = Required<FloodWindowSettings>

export function withDefaults(settings: FloodWindowSettings): FloodRules {
  return {
    limitPerSecond: settings.limitPerSecond,
    chatPerSecond: settings.chatPerSecond ?? 1,
    chatBurst: settings.chatBurst ?? 3,
    groupLimit: settings.groupLimit ?? 20,
    groupWindowMs: settings.groupWindowMs ?? 60_000,
    guardMs: settings.guardMs ?? 2,
    lostCallMs: settings.lostCallMs ?? 1_000,
    largestCost: settings.largestCost ?? 1,
    clockId: settings.clockId ?? '',
    clockSkewMs: settings.clockSkewMs ?? 20,
  }
}
