import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Encounter, FaultRules } from '../faults/fault-rules.ts'
import type { Dispatch } from '../methods/dispatch.ts'
import type { MethodAnswer } from '../methods/method.ts'
import { floodRefusal, refusal } from '../methods/refused-error.ts'
import type { Random } from '../random.ts'
import type { RequestEntry } from '../report/request-log.ts'
import type { Bot } from '../world/user.ts'
import type { World } from '../world/world.ts'
import { parseBotPath } from './bot-path.ts'
import { parseBotToken } from './bot-token.ts'
import type { ColdStart } from './cold-start.ts'
import { readFormParameters } from './form-parameters.ts'
import { createParameters } from './parameters.ts'
import type { ParameterList, Parameters } from './parameters.ts'
import { readBody } from './read-body.ts'
import { readParameters } from './read-parameters.ts'
import { MAX_PARAMETERS_BYTES } from './request-limits.ts'
import { encodeAnswer, writeAnswer } from './write-answer.ts'
import { strikesAfterwards, writeFault } from './write-fault.ts'

export interface BotApiDependencies {
  readonly world: World
  readonly clock: Clock
  readonly random: Random
  readonly dispatch: Dispatch
  readonly faults: FaultRules
  readonly coldStart: ColdStart
  readonly maxUploadBytes: () => number
  /** Told of every call when it has ended. */
  readonly onCall: (entry: Omit<RequestEntry, 'serial'>) => void
}

/** Answers one Bot API request. Rejects only with errors of the HTTP layer. */
export type BotApi = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const NEVER = new AbortController().signal

export function createBotApi(dependencies: BotApiDependencies): BotApi {
  const { world, clock, random, dispatch, faults, coldStart, onCall } = dependencies

  return async (request, response) => {
    const parameters = await readRequest(request, dependencies.maxUploadBytes())
    const path = parseBotPath(pathOf(request))
    if (path.status === 'notFound') return answerAtOnce(response, refusedWith(404, 'Not Found'))
    const bot = findBot(world, path.token)
    if ('status' in bot) return answerAtOnce(response, bot)
    const retryAfterSeconds = coldStart.check(bot, request)
    if (retryAfterSeconds > 0) return answerAtOnce(response, floodRefusal(retryAfterSeconds))

    const method = (path.method || parameters.text('method')).toLowerCase()
    const chatId = parameters.text('chat_id')
    const encounter = faults.meet({ bot, method, chatId })
    const beforeMs = Math.round(encounter.latencyMs * random())
    if (beforeMs > 0) await wait(clock, beforeMs)

    const startMs = clock.nowMs()
    const answer = await carryOut({ bot, method, parameters, response }, encounter)
    const tookMs = clock.nowMs() - startMs
    if (encounter.latencyMs > beforeMs) await wait(clock, encounter.latencyMs - beforeMs)
    const status = respond(response, answer, encounter)
    onCall({
      at_ms: startMs,
      took_ms: tookMs,
      bot_id: bot.id,
      method: dispatch.nameOf(method),
      ...(chatId === '' ? {} : { chat_id: chatId }),
      status,
      ...(answer?.status === 'refused' ? refusalFields(answer) : {}),
      ...(encounter.fault === undefined ? {} : { fault: encounter.fault.kind }),
    })
  }

  async function carryOut(
    call: { bot: Bot; method: string; parameters: Parameters; response: ServerResponse },
    { fault }: Encounter,
  ): Promise<MethodAnswer | undefined> {
    if (fault !== undefined && !strikesAfterwards(fault)) return undefined
    const { bot, method, parameters, response } = call
    const signal = method === 'getupdates' ? hangUpSignal(response) : NEVER
    return dispatch.run({ bot, method, parameters, signal })
  }

  function respond(response: ServerResponse, answer: MethodAnswer | undefined, { fault }: Encounter): number {
    const encoded = answer && encodeAnswer(answer)
    if (fault !== undefined) return writeFault(response, fault, { clock, answer: encoded })
    if (encoded === undefined) return 0
    writeAnswer(response, encoded)
    return encoded.status
  }
}

/** The parameters of the query string, then those of the body. */
async function readRequest(request: IncomingMessage, maxUploadBytes: number): Promise<ParameterList> {
  const parameters = createParameters()
  const url = request.url ?? ''
  const question = url.indexOf('?')
  if (question !== -1) readFormParameters(url.slice(question + 1).replace(/#.*$/s, ''), parameters)

  const { 'content-length': length, 'transfer-encoding': transfer } = request.headers
  if (transfer === undefined && (length === undefined || length === '0')) return parameters
  const contentType = request.headers['content-type'] ?? 'application/octet-stream'
  const body = await readBody(request, maxUploadBytes + MAX_PARAMETERS_BYTES)
  await readParameters(body, contentType, parameters)
  return parameters
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').replace(/[?#].*$/s, '')
}

/** The bot of a token that is in force, else the answer to the call. */
export function findBot(world: World, token: string): Bot | MethodAnswer {
  const parsed = parseBotToken(token)
  if (parsed.status === 'refused') return refusedWith(parsed.code, parsed.description)
  const bot = world.bots.get(parsed.botId)
  return bot !== undefined && bot.token === token ? bot : refusal(401, 'Unauthorized')
}

function refusedWith(code: number, description: string): MethodAnswer {
  return { status: 'refused', code, description }
}

function answerAtOnce(response: ServerResponse, answer: MethodAnswer): void {
  writeAnswer(response, encodeAnswer(answer))
}

function refusalFields(answer: Extract<MethodAnswer, { status: 'refused' }>): Partial<RequestEntry> {
  const retryAfter = answer.parameters?.retry_after
  const { description } = answer
  return retryAfter === undefined ? { description } : { description, retry_after: retryAfter }
}

/** Aborts when the client closes the connection before it was answered. */
function hangUpSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve))
}
