import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { MethodAnswer } from '../methods/method.ts'
import { toAsciiJson } from './ascii-json.ts'

/** An answer ready to be written. */
export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  /** One character a byte: the server's JSON is ASCII, and such text is written the fastest. */
  readonly body: string
  readonly retryAfterSeconds: number | undefined
}

/** The Bot API's envelope around a result or a refusal, its keys in the order of the real server. */
export function encodeAnswer(answer: MethodAnswer): HttpAnswer {
  switch (answer.status) {
    case 'done': {
      const { result, description } = answer
      return json(200, toAsciiJson({ ok: true, result, description }))
    }
    case 'doneRaw':
      return json(200, `{"ok":true,"result":${answer.json}}`)
    case 'refused': {
      const { code, description, parameters } = answer
      const body = toAsciiJson({ ok: false, error_code: code, description, parameters })
      return { ...json(code, body), retryAfterSeconds: parameters?.retry_after }
    }
  }
}

function json(status: number, body: string): HttpAnswer {
  return { status, contentType: 'application/json', body, retryAfterSeconds: undefined }
}

/** Head and body as they go over the wire, one character a byte; the same as `writeAnswer` writes. */
export function answerText(answer: HttpAnswer): string {
  const { status, contentType, body, retryAfterSeconds } = answer
  const retryAfter = retryAfterSeconds === undefined ? '' : `Retry-After: ${retryAfterSeconds}\r\n`
  return (
    `HTTP/1.1 ${status} ${reasonOf(status)}\r\nConnection: keep-alive\r\nContent-Type: ${contentType}\r\n` +
    `${retryAfter}Content-Length: ${body.length}\r\n\r\n${body}`
  )
}

/** Writes head and body at once, with the headers of the real server and no others. */
export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  writeHead(response, answer)
  response.end(answer.body, 'latin1')
}

export function writeHead(response: ServerResponse, answer: HttpAnswer): void {
  const retryAfter = answer.retryAfterSeconds
  response.sendDate = false
  response.writeHead(answer.status, reasonOf(answer.status), [
    'Connection',
    'keep-alive',
    'Content-Type',
    answer.contentType,
    ...(retryAfter === undefined ? [] : ['Retry-After', String(retryAfter)]),
    'Content-Length',
    String(answer.body.length),
  ])
}

/** A request beyond help gets a status line, an empty body and a closed connection. */
export function writeEmptyAnswer(socket: Socket, status: number): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status} ${reasonOf(status)}\r\nContent-Length: 0\r\n\r\n`)
}

/** TDLib's words for a status, which are older than Node's in one place. */
function reasonOf(status: number): string {
  return status === 413 ? 'Request Entity Too Large' : (STATUS_CODES[status] ?? 'Internal Server Error')
}
