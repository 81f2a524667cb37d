import type { BotApi } from './create-bot-api.ts'

/** What grammY's methods take as their signal. */
export type GrammySignal = NonNullable<Parameters<BotApi['getMe']>[0]>

/**
 * Node's own signal for a call of grammY. grammY declares the type of a polyfill, which differs in how it spells its event
 * handlers; all it does with a signal is to read `aborted` and to listen for `abort`.
 */
export function toGrammySignal(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal
}
