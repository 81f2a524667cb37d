import type { Api } from 'grammy'
import type { ApiResponse } from 'grammy/types'
import type { TelegramTransport } from '../transport/create-transport.ts'
import type { RawAnswer } from '../transport/exchange.ts'
import { parseAnswer } from '../transport/parse-answer.ts'

/** Parameters of `sendMessage`. */
export type TextParameters = Parameters<Api['raw']['sendMessage']>[0]

/**
 * Calls `sendMessage`, which nearly all calls are, and gets of a sent message its number alone. The shortest way: grammY's client makes
 * a proxy, a controller, a timer and a race of promises for each call, and an answer repeats all that was sent.
 *
 * @throws {TransportError} when no whole answer came
 */
export type SendText = (
  parameters: TextParameters,
  signal?: AbortSignal,
) => Promise<ApiResponse<{ message_id: number }>>

export function createSendText(dependencies: {
  transport: TelegramTransport
  /** Without a slash at the end. */
  apiRoot: string
  token: string
  deadlineMs: number
}): SendText {
  const { transport, apiRoot, token, deadlineMs } = dependencies
  const url = `${apiRoot}/bot${token}/sendMessage`
  return async function sendText(parameters, signal) {
    const answer = await transport.fetch(url, { body: JSON.stringify(parameters), signal, deadlineMs })
    return sentAtOnce(answer) ?? asApiResponse(parseAnswer(answer, url))
  }
}

// As Telegram's server writes it, the number first; whatever else comes is parsed.
const SENT = /^\{"ok":true,"result":\{"message_id":(\d{1,15}),"/

function sentAtOnce({ httpStatus, body }: RawAnswer): ApiResponse<{ message_id: number }> | undefined {
  const number = httpStatus === 200 && body.endsWith('}}') ? SENT.exec(body)?.[1] : undefined
  return number === undefined ? undefined : { ok: true, result: { message_id: Number(number) } }
}

/** Its form was looked at; that `sendMessage` answers a message is Telegram's word. */
function asApiResponse(answer: object): ApiResponse<{ message_id: number }> {
  return answer as ApiResponse<{ message_id: number }>
}
