import { GrammyError } from 'grammy'
import type { ApiResponse } from 'grammy/types'
import type { TelegramTransport } from './transport/create-transport.ts'

/**
 * Asks for a method whose parameters are all JSON, and gets Telegram's answer as it is. The shortest way: grammY's client makes a
 * proxy, a controller, a timer and a race of promises for each call, which costs as much again as the call itself.
 *
 * @throws {TransportError} when no whole answer came
 */
export type AskDirectly = (
  method: string,
  payload: object,
  signal?: AbortSignal,
) => Promise<ApiResponse<unknown>>

export function createAskDirectly(dependencies: {
  transport: TelegramTransport
  /** Without a slash at the end. */
  apiRoot: string
  token: string
  deadlineMs: number
}): AskDirectly {
  const { transport, apiRoot, token, deadlineMs } = dependencies
  return async function askDirectly(method, payload, signal) {
    const url = `${apiRoot}/bot${token}/${method}`
    const body = JSON.stringify(payload)
    const response = await transport.fetch(url, { headers: JSON_HEADERS, body, signal, deadlineMs })
    return asApiResponse(await response.json())
  }
}

/** @throws {GrammyError} when Telegram refused the call, as grammY's own methods do. */
export function resultOf(answer: ApiResponse<unknown>, method: string, payload: object): unknown {
  if (answer.ok) return answer.result
  throw new GrammyError(`Call to '${method}' failed!`, answer, method, { ...payload })
}

const JSON_HEADERS = { 'content-type': 'application/json' }

/** The transport has looked at its form. */
function asApiResponse(answer: object): ApiResponse<unknown> {
  return answer as ApiResponse<unknown>
}
