/** A send or an edit; `cost` is its messages, so an album costs its items. Times never fall from call to call. */
export type FloodCall = {
  botId: number
  chatId: number | string
  chatKind: 'private' | 'group' | 'supergroup' | 'channel'
  cost: number
  paid: boolean
  nowMs: number
}

export type FloodScope = 'bot' | 'chat' | 'group'

/** `hold`: the call passes, and is to be answered after `holdMs`. */
export type FloodDecision =
  | { status: 'pass' }
  | { status: 'hold'; holdMs: number }
  | { status: 'refuse'; retryAfterSeconds: number; insidePenalty: boolean; scope: FloodScope }

/** `refuse`: the answer is held back for `holdMs` first, as the real server does. */
export type UploadDecision =
  | { status: 'pass' }
  | { status: 'hold'; holdMs: number }
  | { status: 'refuse'; retryAfterSeconds: number; holdMs: number }

export type ColdBotDecision = { status: 'pass' } | { status: 'refuse'; retryAfterSeconds: number }
