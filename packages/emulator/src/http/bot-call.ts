import type { Clock } from '../clock.ts'
import type { Encounter, FaultRules } from '../faults/fault-rules.ts'
import type { Dispatch } from '../methods/dispatch.ts'
import type { MethodAnswer } from '../methods/method.ts'
import { floodRefusal, refusal } from '../methods/refused-error.ts'
import type { Random } from '../random.ts'
import type { RequestEntry } from '../report/request-log.ts'
import { whenKnown } from '../when-known.ts'
import type { Bot } from '../world/user.ts'
import type { World } from '../world/world.ts'
import { parseBotPath } from './bot-path.ts'
import { parseBotToken } from './bot-token.ts'
import type { ColdStart } from './cold-start.ts'
import type { Parameters } from './parameters.ts'
import { encodeAnswer } from './write-answer.ts'
import type { HttpAnswer } from './write-answer.ts'
import { strikesAfterwards } from './write-fault.ts'
import type { Accident } from './write-fault.ts'

/** One call of the Bot API, whatever carried it here. */
export interface BotCall {
  /** Without the query. */
  readonly path: string
  readonly parameters: Parameters
  /** Of the client. */
  readonly address: () => string
  /** Aborts when the client closes the connection before it was answered. */
  readonly hangUp: () => AbortSignal
  readonly answer: (answer: HttpAnswer) => void
  /** Lets an accident happen instead; `answer` is what the call got, if it was carried out. Tells the status, 0 for none. */
  readonly fail: (accident: Accident, answer: HttpAnswer | undefined) => number
}

export interface BotCallDependencies {
  readonly world: World
  readonly clock: Clock
  readonly random: Random
  readonly dispatch: Dispatch
  readonly faults: FaultRules
  readonly coldStart: ColdStart
  /** Told of every call when it has ended. */
  readonly onCall: (entry: Omit<RequestEntry, 'serial'>) => void
}

/** Sees to it that a call is answered, at once if nothing makes it wait. */
export type AnswerBotCall = (call: BotCall) => void | Promise<void>

const NEVER = new AbortController().signal

export function createAnswerBotCall(dependencies: BotCallDependencies): AnswerBotCall {
  const { world, clock, random, dispatch, faults, coldStart, onCall } = dependencies

  function answerCall(call: BotCall): void | Promise<void> {
    const path = parseBotPath(call.path)
    if (path.status === 'notFound') return call.answer(encodeAnswer(refusedWith(404, 'Not Found')))
    const bot = findBot(world, path.token)
    if ('status' in bot) return call.answer(encodeAnswer(bot))
    const retryAfterSeconds = coldStart.check(bot, call.address)
    if (retryAfterSeconds > 0) return call.answer(encodeAnswer(floodRefusal(retryAfterSeconds)))

    const method = (path.method || call.parameters.text('method')).toLowerCase()
    const chatId = call.parameters.text('chat_id')
    const encounter = faults.meet({ bot, method, chatId })
    const beforeMs = Math.round(encounter.latencyMs * random())
    const known = { call, bot, method, chatId, encounter, afterMs: encounter.latencyMs - beforeMs }
    return beforeMs > 0 ? wait(clock, beforeMs).then(() => carryOut(known)) : carryOut(known)
  }

  function carryOut(known: KnownCall): void | Promise<void> {
    const startMs = clock.nowMs()
    return whenKnown(run(known), (answer) => {
      const ended = { answer, startMs, tookMs: clock.nowMs() - startMs }
      return known.afterMs > 0 ? wait(clock, known.afterMs).then(() => end(known, ended)) : end(known, ended)
    })
  }

  function run({ call, bot, method, encounter }: KnownCall) {
    const { fault } = encounter
    if (fault !== undefined && !strikesAfterwards(fault)) return undefined
    const signal = method === 'getupdates' ? call.hangUp() : NEVER
    return dispatch.run({ bot, method, parameters: call.parameters, signal })
  }

  function end(known: KnownCall, { answer, startMs, tookMs }: EndedCall): void {
    const { call, bot, method, chatId, encounter } = known
    const status = respond(call, answer, encounter)
    onCall({
      at_ms: startMs,
      took_ms: tookMs,
      bot_id: bot.id,
      method: dispatch.nameOf(method),
      chat_id: chatId === '' ? undefined : chatId,
      status,
      description: answer?.status === 'refused' ? answer.description : undefined,
      retry_after: answer?.status === 'refused' ? answer.parameters?.retry_after : undefined,
      fault: encounter.fault?.kind,
    })
  }

  return answerCall
}

interface KnownCall {
  readonly call: BotCall
  readonly bot: Bot
  readonly method: string
  readonly chatId: string
  readonly encounter: Encounter
  /** How much of its delay comes after it was carried out. */
  readonly afterMs: number
}

interface EndedCall {
  readonly answer: MethodAnswer | undefined
  readonly startMs: number
  readonly tookMs: number
}

/** Tells the status that the client sees, 0 for none. */
function respond(call: BotCall, answer: MethodAnswer | undefined, { fault }: Encounter): number {
  const encoded = answer && encodeAnswer(answer)
  if (fault !== undefined) return call.fail(fault, encoded)
  if (encoded === undefined) return 0
  call.answer(encoded)
  return encoded.status
}

/** The bot of a token that is in force, else the answer to the call. */
export function findBot(world: World, token: string): Bot | MethodAnswer {
  // Ids and tokens are checked when a bot is made, so one that is in force needs no second look.
  const known = world.bots.get(Number.parseInt(token, 10))
  if (known?.token === token) return known
  const parsed = parseBotToken(token)
  if (parsed.status === 'refused') return refusedWith(parsed.code, parsed.description)
  return refusal(401, 'Unauthorized')
}

function refusedWith(code: number, description: string): MethodAnswer {
  return { status: 'refused', code, description }
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve))
}
