import { Api, HttpError, type ApiClientOptions, type Transformer } from 'grammy'
import type { ApiResponse } from 'grammy/types'
import { createSendText, type SendText } from './send/send-text.ts'
import { parseApiRoot } from './transport/api-root.ts'
import type { TelegramRequest, TelegramTransport } from './transport/create-transport.ts'
import { parseAnswer } from './transport/parse-answer.ts'
import { TransportError } from './transport/transport-error.ts'

/** grammY's client for one bot: every method of the Bot API. */
export type BotApi = Api

/** The same, with a short way for what a sender does most. */
export interface SendingApi extends Api {
  readonly sendText: SendText
}

/** One HTTP call. */
export interface Attempt {
  method: string
  /** The chat it is for, when the method has one. */
  chatId: number | string | undefined
}

export interface AttemptEnd {
  /** False when the connection brought no answer of the Bot API. */
  answered: boolean
  errorCode?: number
  retryAfterSeconds?: number
}

/** Called just before an attempt leaves; what it returns is called when that attempt has ended. */
export type OnAttempt = (attempt: Attempt) => (end: AttemptEnd) => void

export interface GrammyClientSettings {
  apiRoot: string
  transport: TelegramTransport
  /**
   * For one attempt, waiting for a connection included; getUpdates gets its own waiting time on top, a call with files the
   * time they may take. Default 20.
   */
  timeoutSeconds?: number
}

export interface BotApiSettings extends GrammyClientSettings {
  token: string
  onAttempt?: OnAttempt
}

const DEFAULT_TIMEOUT_SECONDS = 20
// Telegram holds a long poll for up to 50 s.
const LONG_POLL_SECONDS = 55
// Telegram fetches a file by its address, and looks into every new one, before it answers.
const FILE_SECONDS = 20
// More than an upload of the size Telegram takes may last, and than a long poll.
const NET_SECONDS = 600

/**
 * The Bot API for one bot. Makes no call by itself.
 *
 * @throws when the token could not stand in a URL. No error of this package ever holds the token.
 */
export function createBotApi(settings: BotApiSettings): SendingApi {
  const { token, transport, onAttempt, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = settings
  if (!/^\d+:[\w-]+$/.test(token)) throw new Error('the bot token is malformed')
  const api = new Api(token, createGrammyClientOptions(settings))
  // grammY keeps it as a plain field, which every logger would print.
  Object.defineProperty(api, 'token', { value: token, enumerable: false })
  api.config.use(watchAttempts(onAttempt))
  const { url: apiRoot } = parseApiRoot(settings.apiRoot)
  const send = createSendText({ transport, apiRoot, token, deadlineMs: timeoutSeconds * 1_000 })
  const sendWatched: SendText = (payload, signal) =>
    watched(onAttempt, { method: 'sendMessage', payload }, () => send(payload, signal))
  return Object.assign(api, { sendText: onAttempt === undefined ? send : sendWatched })
}

/** The same way to Telegram for a `Bot` of grammY: `new Bot(token, { client: createGrammyClientOptions(…) })`. */
export function createGrammyClientOptions(settings: GrammyClientSettings): ApiClientOptions {
  const { apiRoot, transport, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = settings
  return {
    apiRoot: parseApiRoot(apiRoot).url,
    // Ours comes first, since grammY's time-out does not tell whether the request had left.
    timeoutSeconds: timeoutSeconds + NET_SECONDS,
    // All that grammY's client uses of it.
    fetch: async (url: string, request: TelegramRequest) => {
      const seconds = timeoutSeconds + moreSecondsFor(url)
      const answer = await transport.fetch(url, { ...request, deadlineMs: seconds * 1_000 })
      return { json: async () => parseAnswer(answer, url) }
    },
  }
}

function moreSecondsFor(url: string): number {
  if (url.endsWith('/getUpdates')) return LONG_POLL_SECONDS
  return /\/send(Photo|Video|Audio|Document|MediaGroup)$/.test(url) ? FILE_SECONDS : 0
}

/** Around the one HTTP call. */
function watchAttempts(onAttempt: OnAttempt | undefined): Transformer {
  return async (prev, method, payload, signal) => {
    try {
      return await watched(onAttempt, { method, payload }, () => prev(method, payload, signal))
    } catch (error) {
      throw withoutForeignError(error)
    }
  }
}

async function watched<Answer extends ApiResponse<unknown>>(
  onAttempt: OnAttempt | undefined,
  { method, payload }: { method: string; payload: object },
  call: () => Promise<Answer>,
): Promise<Answer> {
  const ended = onAttempt?.({ method, chatId: chatIdOf(payload) })
  try {
    const answer = await call()
    if (answer.ok) ended?.({ answered: true })
    else {
      const { error_code: errorCode, parameters } = answer
      ended?.({ answered: true, errorCode, retryAfterSeconds: parameters?.retry_after })
    }
    return answer
  } catch (error) {
    ended?.({ answered: false })
    throw error
  }
}

/**
 * The transport has its own error for everything that can happen to a call. What else grammY reports comes from the
 * source of an upload, ended before its last byte was read: such a request never was whole, and the source's error may
 * hold anything, a URL with a token as well.
 */
function withoutForeignError(error: unknown): unknown {
  if (!(error instanceof HttpError) || error.error instanceof TransportError) return error
  return new HttpError(error.message, new TransportError({ code: 'UPLOAD_SOURCE', mayHaveArrived: false }))
}

function chatIdOf(payload: object): number | string | undefined {
  const chatId: unknown = 'chat_id' in payload ? payload.chat_id : undefined
  return typeof chatId === 'number' || typeof chatId === 'string' ? chatId : undefined
}
