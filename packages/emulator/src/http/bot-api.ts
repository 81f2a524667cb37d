import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { AnswerBotCall } from './bot-call.ts'
import { readFormParameters } from './form-parameters.ts'
import { createParameters } from './parameters.ts'
import type { ParameterList } from './parameters.ts'
import { readBody } from './read-body.ts'
import { readParameters } from './read-parameters.ts'
import { MAX_PARAMETERS_BYTES } from './request-limits.ts'
import { writeAnswer } from './write-answer.ts'
import { writeFault } from './write-fault.ts'

/** Answers one Bot API request. Rejects only with errors of the HTTP layer. */
export type BotApi = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export function createBotApi(dependencies: {
  answerBotCall: AnswerBotCall
  clock: Clock
  maxUploadBytes: () => number
}): BotApi {
  const { answerBotCall, clock, maxUploadBytes } = dependencies

  return async (request, response) => {
    const parameters = await readRequest(request, maxUploadBytes())
    await answerBotCall({
      path: pathOf(request),
      parameters,
      address: () => String(request.headers['x-real-ip'] ?? request.socket.remoteAddress ?? ''),
      hangUp: () => hangUpSignal(response),
      answer: (answer) => writeAnswer(response, answer),
      fail: (accident, answer) => writeFault(response, accident, { clock, answer }),
    })
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

/** Aborts when the client closes the connection before it was answered. */
function hangUpSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}
