import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import { errorAnswer } from '../faults/error-text.ts'
import type { Fault } from '../faults/fault.ts'
import { encodeAnswer, writeAnswer, writeEmptyAnswer, writeHead } from './write-answer.ts'
import type { HttpAnswer } from './write-answer.ts'

/** An accident other than a delay. */
export type Accident = Exclude<Fault, { kind: 'latency' }>

const BAD_GATEWAY_PAGE = [
  '<html>',
  '<head><title>502 Bad Gateway</title></head>',
  '<body>',
  '<center><h1>502 Bad Gateway</h1></center>',
  '<hr><center>nginx/1.18.0</center>',
  '</body>',
  '</html>',
  '',
].join('\r\n')

/** Whether the call is carried out before the accident happens. */
export function strikesAfterwards(fault: Accident): boolean {
  switch (fault.kind) {
    case 'reset':
    case 'hang':
      return fault.when === 'after'
    case 'slow_body':
    case 'cut_body':
      return true
    case 'error':
    case 'bad_gateway':
    case 'empty_body':
    case 'raw':
      return false
  }
}

/**
 * Lets the accident happen to a response; `answer` is what the call would have got, if it was carried out.
 * Answers the status the client sees, 0 for none.
 */
export function writeFault(
  response: ServerResponse,
  fault: Accident,
  context: { clock: Clock; answer: HttpAnswer | undefined },
): number {
  switch (fault.kind) {
    case 'error': {
      const answer = encodeAnswer(errorAnswer(fault))
      writeAnswer(response, answer)
      return answer.status
    }
    case 'bad_gateway':
      return writeRaw(response, 502, fault.body === 'html' ? htmlPage() : jsonBadGateway())
    case 'raw':
      return writeRaw(response, fault.status, {
        contentType: fault.content_type,
        body: Buffer.from(fault.body).toString('latin1'),
      })
    case 'empty_body':
      if (response.socket !== null) writeEmptyAnswer(response.socket, fault.status)
      return fault.status
    case 'reset':
      response.socket?.resetAndDestroy()
      return 0
    case 'hang':
      return 0
    case 'slow_body':
      return trickle(response, context, fault.bytes_per_second)
    case 'cut_body':
      return cut(response, context.answer)
  }
}

function htmlPage(): Pick<HttpAnswer, 'contentType' | 'body'> {
  return { contentType: 'text/html', body: BAD_GATEWAY_PAGE }
}

function jsonBadGateway(): Pick<HttpAnswer, 'contentType' | 'body'> {
  return {
    contentType: 'application/json',
    body: '{"ok":false,"error_code":502,"description":"Bad Gateway"}',
  }
}

function writeRaw(
  response: ServerResponse,
  status: number,
  content: Pick<HttpAnswer, 'contentType' | 'body'>,
): number {
  writeAnswer(response, { status, ...content, retryAfterSeconds: undefined })
  return status
}

function trickle(
  response: ServerResponse,
  { clock, answer }: { clock: Clock; answer: HttpAnswer | undefined },
  bytesPerSecond: number,
): number {
  if (answer === undefined) return 0
  writeHead(response, answer)
  const body = Buffer.from(answer.body, 'latin1')
  let sent = 0
  const step = (): void => {
    if (response.destroyed) return
    response.write(body.subarray(sent, sent + 1))
    sent += 1
    if (sent === body.length) response.end()
    else clock.after(1000 / bytesPerSecond, step)
  }
  step()
  return answer.status
}

/** Half of the body, then the end of the connection. */
function cut(response: ServerResponse, answer: HttpAnswer | undefined): number {
  if (answer === undefined) return 0
  writeHead(response, answer)
  const half = answer.body.slice(0, Math.floor(answer.body.length / 2))
  response.write(half, 'latin1', () => response.socket?.end())
  return answer.status
}
