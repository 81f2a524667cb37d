/**
 * How hard Telegram's flood control is played. The limits are the documented ones; everything about penalties is what
 * bots report, as Telegram publishes nothing about it.
 */
export type FloodSettings = {
  /** `false`: every call passes. */
  enabled: boolean
  /** Messages of one bot in any `windowMs`. */
  bot: WindowLimit
  /** Messages of one bot with `allow_paid_broadcast`; they are not counted in `bot`. */
  paid: WindowLimit
  /** Messages to one private chat: one every `intervalMs`, and up to `burst` ahead of that. */
  privateChat: { intervalMs: number; burst: number }
  /** Messages of one bot to one group, supergroup or channel in any `windowMs`. */
  group: WindowLimit
  /** Calls that would have to wait no longer than this are held and then pass; 0 refuses them. Telegram: up to 8,000. */
  hiddenWaitMaxMs: number
  penalty: PenaltySettings
  /** Spaces uploads above 100,000 bytes, as the open Bot API server does. */
  uploadThrottle: boolean
  /** Bots never seen before that one address may bring; 0 is no limit. */
  coldBots: { perMinute: number; perHour: number }
}

/** `limit` 0: no limit. */
export type WindowLimit = { limit: number; windowMs: number }

export type PenaltySettings = {
  /** A refusal is at least this long. */
  minSeconds: number
  /** Each offence of the same bot or chat makes the next penalty this many times longer; 1 does not grow. */
  factor: number
  maxSeconds: number
  /** An offence is forgotten when this time went by without another one. */
  forgetAfterMs: number
  /** What a call inside a penalty does: nothing (`fixed`), or it counts as an offence and moves the end (`extend`). */
  end: 'fixed' | 'extend'
}

export const DEFAULT_FLOOD_SETTINGS: FloodSettings = {
  enabled: true,
  bot: { limit: 30, windowMs: 1000 },
  paid: { limit: 1000, windowMs: 1000 },
  privateChat: { intervalMs: 1000, burst: 3 },
  group: { limit: 20, windowMs: 60_000 },
  hiddenWaitMaxMs: 0,
  penalty: { minSeconds: 1, factor: 2, maxSeconds: 3600, forgetAfterMs: 600_000, end: 'fixed' },
  uploadThrottle: false,
  coldBots: { perMinute: 0, perHour: 0 },
}

export type FloodSettingsChange = {
  [Name in keyof FloodSettings]?: FloodSettings[Name] extends object
    ? Partial<FloodSettings[Name]>
    : FloodSettings[Name]
}

/** Nested parts are merged, so `{ penalty: { factor: 3 } }` leaves the rest of the penalty as it was. */
export function changeFloodSettings(settings: FloodSettings, change: FloodSettingsChange): FloodSettings {
  return {
    ...settings,
    ...change,
    bot: { ...settings.bot, ...change.bot },
    paid: { ...settings.paid, ...change.paid },
    privateChat: { ...settings.privateChat, ...change.privateChat },
    group: { ...settings.group, ...change.group },
    penalty: { ...settings.penalty, ...change.penalty },
    coldBots: { ...settings.coldBots, ...change.coldBots },
  }
}
