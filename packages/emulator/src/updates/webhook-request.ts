import { request as httpRequest } from 'node:http'
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { WebhookTarget } from './webhook-settings.ts'

/** How a webhook took an update. */
export type WebhookResponse =
  | {
      status: 'answered'
      statusCode: number
      reason: string
      retryAfter: string
      contentType: string
      body: Buffer
    }
  | { status: 'failed'; message: string }

const TIMEOUT_MS = 60_000
const MAX_BODY_BYTES = 1024 * 1024

/** Posts one update, with the headers and in the order of the real server. Never rejects. */
export function postUpdate(
  target: WebhookTarget,
  body: string,
  connection: { agent: Agent; signal: AbortSignal },
): Promise<WebhookResponse> {
  return new Promise((resolve) => {
    const { url } = target
    const send: (options: RequestOptions) => ClientRequest =
      url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send({
      agent: connection.agent,
      signal: connection.signal,
      method: 'POST',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      timeout: TIMEOUT_MS,
      setHost: false,
      headers: requestHeaders(target, body),
    })
    request.on('response', (response) => readResponse(response, resolve))
    request.on('timeout', () => request.destroy(new Error('Read timeout expired')))
    request.on('error', (error) => resolve({ status: 'failed', message: failureText(error) }))
    request.end(body)
  })
}

function requestHeaders(target: WebhookTarget, body: string): Record<string, string | number> {
  const { url, secretToken } = target
  const userinfo = decodeURIComponent(`${url.username}${url.password === '' ? '' : `:${url.password}`}`)
  return {
    Host: url.host,
    ...(userinfo === '' ? {} : { Authorization: `Basic ${Buffer.from(userinfo).toString('base64')}` }),
    ...(secretToken === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secretToken }),
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'keep-alive',
    'Accept-Encoding': 'gzip, deflate',
  }
}

function readResponse(response: IncomingMessage, resolve: (result: WebhookResponse) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= MAX_BODY_BYTES) chunks.push(chunk)
  })
  response.on('error', () => resolve({ status: 'failed', message: CLOSED }))
  response.on('end', () =>
    resolve({
      status: 'answered',
      statusCode: response.statusCode ?? 0,
      reason: response.statusMessage ?? '',
      retryAfter: response.headers['retry-after'] ?? '',
      contentType: response.headers['content-type'] ?? '',
      body: unpack(Buffer.concat(chunks), response.headers['content-encoding']),
    }),
  )
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  try {
    if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES })
    if (encoding === 'deflate') return inflateSync(body, { maxOutputLength: MAX_BODY_BYTES })
    return body
  } catch {
    // The update was taken; only what it said besides cannot be read.
    return Buffer.alloc(0)
  }
}

const CLOSED = 'Webhook connection closed'

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: CLOSED,
  ENOTFOUND: 'Failed to resolve host: Name or service not known',
  ETIMEDOUT: 'Connection timed out',
}

function failureText(error: NodeJS.ErrnoException): string {
  return FAILURES[error.code ?? ''] ?? error.message
}
