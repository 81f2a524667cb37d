import { RefusedError, type Problem } from '../errors.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { AcceptedOverHttp } from '../result.ts'
import { problemOf, readBatchAnswer, readInvalid } from './batch-answer.ts'
import { parseRetryAfter } from './retry-after.ts'
import { againForAll, type Answer, type Transport } from './transport.ts'

type HttpAnswer = Answer<AcceptedOverHttp>

interface Reply {
  status: number
  body: unknown
  retryAfterMs: number | undefined
}

/** Worth another try: the server or something before it is busy, away or slow. */
const AGAIN = new Set([408, 429, 502, 503, 504])

/**
 * Events as batches to `POST /v1/events`. Connections are kept alive by Node's own fetch.
 *
 * @throws TypeError at once when the url or the key cannot be one; it does not repeat the key
 */
export function createHttpTransport({
  url,
  apiKey,
}: {
  url: string
  apiKey: string
}): Transport<AcceptedOverHttp> {
  const endpoint = endpointOf(url)
  // fetch would repeat what it cannot put into a header.
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError('apiKey must be an API key of the shop: pst_live_…')
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'user-agent': '@postino/client',
  }

  async function send(events: readonly ReadEvent[], signal: AbortSignal): Promise<HttpAnswer[]> {
    const { status, body, retryAfterMs } = await post(events, signal)
    if (status === 202 || status === 422) {
      const results = readBatchAnswer(body, events)
      if (results !== undefined) return results.map((result) => ({ status: 'ended', result }))
    }
    const problem = problemOf(body)
    if (AGAIN.has(status)) {
      const reason = problem?.detail ?? `the answer was ${status}`
      return againForAll(events, { reason, retryAfterMs, status, problem })
    }
    if (!isAboutBody(status, problem)) return events.map(({ id }) => refused({ id, status, problem }))
    // One of them spoils the body, or something on the way takes none that large: whose fault it is shows when halved.
    if (events.length > 1) return await sendHalves(events, signal)
    return events.map(({ id }) =>
      problem === undefined
        ? refused({ id, status, problem })
        : { status: 'ended', result: readInvalid(id, problem) },
    )
  }

  async function sendHalves(events: readonly ReadEvent[], signal: AbortSignal): Promise<HttpAnswer[]> {
    const middle = Math.ceil(events.length / 2)
    const first = await send(events.slice(0, middle), signal)
    // Nothing overtakes what has to be sent again.
    const trouble = first.find((answer) => answer.status === 'again')?.trouble
    const rest = events.slice(middle)
    return [
      ...first,
      ...(trouble === undefined ? await send(rest, signal) : againForAll<AcceptedOverHttp>(rest, trouble)),
    ]
  }

  async function post(events: readonly ReadEvent[], signal: AbortSignal): Promise<Reply> {
    const body = `[${events.map(({ json }) => json).join(',')}]`
    // The key is meant for this address, and for no other one it may lead to.
    const response = await fetch(endpoint, { method: 'POST', headers, body, redirect: 'manual', signal })
    return {
      status: response.status,
      body: parseJson(await response.text()),
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), Date.now()),
    }
  }

  return { send, close: async () => undefined }
}

function endpointOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined
  const isUsable =
    base !== undefined && /^https?:$/.test(base.protocol) && base.username === '' && base.password === ''
  if (!isUsable)
    throw new TypeError('url must be the http or https address of Postino, without user name and password')
  return new URL(`${base.pathname.replace(/\/$/, '')}/v1/events`, base)
}

function isAboutBody(status: number, problem: Problem | undefined): boolean {
  return (
    status === 413 ||
    status === 422 ||
    (status === 400 && problem?.type?.endsWith('/malformed-body') === true)
  )
}

function refused({
  id,
  status,
  problem,
}: {
  id: string
  status: number
  problem: Problem | undefined
}): HttpAnswer {
  const told = problem?.detail ?? problem?.title ?? 'this is not how Postino answers; check the url'
  const error = new RefusedError(`Postino did not take the event: ${status}, ${told}`, {
    eventId: id,
    status,
    problem,
  })
  return { status: 'ended', result: { status: 'failed', id, error } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
