import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpTransport } from './http-transport.ts'
import { parseRetryAfter } from './retry-after.ts'

const KEY = 'pst_live_0123456789'
const EVENTS = ['a', 'b'].map((id) => ({ id, json: JSON.stringify({ id }), sizeBytes: 10 }))
const { signal } = new AbortController()

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${Object(server.address()).port}`
}

test('the path of the url goes before that of events, and the key stands in the header', async () => {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = []
  const url = await listen(({ url: path, headers }, response) => {
    seen.push({ url: path, headers })
    const events = EVENTS.map(({ id }) => ({ id, source: '/', status: 'accepted', messages: [] }))
    response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ events }))
  })
  const answers = await createHttpTransport({ url: `${url}/postino/`, apiKey: KEY }).send(EVENTS, signal)
  expect(answers).toMatchObject(
    EVENTS.map(({ id }) => ({ status: 'ended', result: { status: 'accepted', id } })),
  )
  expect(seen).toMatchObject([{ url: '/postino/v1/events', headers: { authorization: `Bearer ${KEY}` } }])
})

test('the key follows no redirection', async () => {
  let elsewhere = 0
  const other = await listen((_request, response) => void response.end(String(elsewhere++)))
  const url = await listen((_request, response) => void response.writeHead(307, { location: other }).end())
  const answers = await createHttpTransport({ url, apiKey: KEY }).send(EVENTS, signal)
  expect(answers).toMatchObject(
    EVENTS.map(({ id }) => ({ result: { status: 'failed', id, error: { code: 'refused', status: 307 } } })),
  )
  expect(elsewhere).toBe(0)
})

test.each([
  ['a page', 202, '<html>Welcome</html>'],
  ['an answer that is too short', 202, '{"events":[]}'],
  ['an answer of something else', 200, '{"ok":true}'],
  ['a fault that stays', 500, '{"type":"/problems/internal","detail":"Postino made a mistake."}'],
])('%s is no answer to wait for', async (_name, status, body) => {
  const url = await listen((_request, response) => void response.writeHead(status).end(body))
  const [answer] = await createHttpTransport({ url, apiKey: KEY }).send(EVENTS, signal)
  expect(answer).toMatchObject({ result: { status: 'failed', error: { name: 'RefusedError', status } } })
})

test('what is refused as too large is halved until it shows whose fault it is', async () => {
  const sizes: number[] = []
  const url = await listen((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const events: { id: string }[] = JSON.parse(body)
      sizes.push(events.length)
      if (events.some(({ id }) => id === 'e5')) {
        const problem = { type: '/problems/too-large', detail: 'The body is too large.' }
        return void response.writeHead(413).end(JSON.stringify(problem))
      }
      const accepted = events.map(({ id }) => ({ id, source: '/', status: 'accepted', messages: [] }))
      response.writeHead(202).end(JSON.stringify({ events: accepted }))
    })
  })
  const many = Array.from({ length: 8 }, (_, index) => ({
    id: `e${index}`,
    json: `{"id":"e${index}"}`,
    sizeBytes: 11,
  }))
  const answers = await createHttpTransport({ url, apiKey: KEY }).send(many, signal)
  expect(answers.map((answer) => answer.status === 'ended' && answer.result.status)).toEqual(
    many.map(({ id }) => (id === 'e5' ? 'invalid' : 'accepted')),
  )
  expect(answers[5]).toMatchObject({
    result: { issues: [{ code: 'too_large', detail: 'The body is too large.' }] },
  })
  expect(sizes).toEqual([8, 4, 4, 2, 1, 1, 2])
})

test('settings that cannot be are told at once, without the key', () => {
  const tries: [string, string][] = [
    ['ftp://postino.example', KEY],
    ['postino.example', KEY],
    [`https://user:${KEY}@postino.example`, KEY],
    ['https://postino.example', `${KEY}\n`],
    ['https://postino.example', ''],
  ]
  for (const [url, apiKey] of tries) {
    let error: unknown
    try {
      createHttpTransport({ url, apiKey })
    } catch (one) {
      error = one
    }
    expect(error).toBeInstanceOf(TypeError)
    expect(inspect(error)).not.toContain(KEY)
  }
})

test('a retry-after is seconds or a date', () => {
  const nowMs = Date.parse('2026-11-21T10:00:00Z')
  expect(parseRetryAfter('7', nowMs)).toBe(7_000)
  expect(parseRetryAfter('Sat, 21 Nov 2026 10:00:09 GMT', nowMs)).toBe(9_000)
  expect(parseRetryAfter('Sat, 21 Nov 2026 09:00:00 GMT', nowMs)).toBe(0)
  expect(parseRetryAfter('soon', nowMs)).toBeUndefined()
  expect(parseRetryAfter(null, nowMs)).toBeUndefined()
})
