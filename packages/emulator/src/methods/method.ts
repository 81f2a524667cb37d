import type { Parameters } from '../http/parameters.ts'
import type { Bot } from '../world/user.ts'
import type { Refusal } from './refused-error.ts'

/** One call of a bot, its parameters read and its token checked. */
export interface MethodCall {
  readonly bot: Bot
  /** In lower case. */
  readonly method: string
  readonly parameters: Parameters
  /** Aborted when the client hangs up; only waiting methods look at it. */
  readonly signal: AbortSignal
}

export type MethodAnswer =
  | { readonly status: 'done'; readonly result: unknown; readonly description?: string }
  /** The result is JSON already, in the server's spelling. */
  | { readonly status: 'doneRaw'; readonly json: string }
  | Refusal

export type Method = (call: MethodCall) => MethodAnswer | Promise<MethodAnswer>

/** Methods by their names, as the Bot API spells them. */
export type Methods = Readonly<Record<string, Method>>

export function done(result: unknown, description?: string): MethodAnswer {
  return description === undefined ? { status: 'done', result } : { status: 'done', result, description }
}

export const DONE_TRUE: MethodAnswer = { status: 'done', result: true }
