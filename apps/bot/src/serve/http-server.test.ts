import { once } from 'node:events'
import { connect } from 'node:net'
import { createLogger, createMetrics } from '@postino/runtime'
import type { Update } from 'grammy/types'
import { expect, onTestFinished, test } from 'vitest'
import { createBotMetrics } from '../metrics.ts'
import { createAnswerWebhook } from './answer-webhook.ts'
import { createHttpServer } from './http-server.ts'

const PATH = '/telegram/abc'
const SECRET = 's3cret'
const UPDATE = { update_id: 7, message: { message_id: 1, date: 1, chat: { id: 5, type: 'private' } } }

async function startServer(handle: (update: Update) => Promise<void> = async () => undefined) {
  const metrics = createMetrics('bot')
  const handled: number[] = []
  const answerWebhook = createAnswerWebhook({
    findBot: (path) =>
      path === 'abc'
        ? {
            secret: SECRET,
            async handle(update) {
              await handle(update)
              handled.push(update.update_id)
            },
          }
        : undefined,
    metrics: createBotMetrics(metrics),
    logger: createLogger({ name: 'bot', level: 'silent' }),
  })
  const server = createHttpServer({
    answerWebhook,
    answerPage: async ({ url = '' }) => ({ status: 404, headers: { 'x-page': url }, body: 'no page' }),
  })
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  const post = async (body: unknown, options: { path?: string; secret?: string; method?: string } = {}) => {
    const { path = PATH, secret = SECRET, method = 'POST' } = options
    return await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'x-telegram-bot-api-secret-token': secret },
      ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
  }
  /** Sends these bytes and answers with all that comes back until the server hangs up. */
  const send = async (...parts: string[]) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data))
    socket.on('error', () => undefined)
    for (const part of parts) socket.write(part)
    await once(socket, 'close')
    return answer
  }
  const counted = async (outcome: string) =>
    new RegExp(`outcome="${outcome}"[^\\n]* (\\d+)`).exec(await metrics.renderOwn())?.[1]
  return { server, post, send, handled, counted }
}

const HEAD = `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`

test('an update is handled before it is answered 200, with an empty body', async () => {
  const { post, handled } = await startServer()
  const response = await post(UPDATE)
  expect(handled).toEqual([7])
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test.each(['/telegram/other', '/telegram/', '/telegram/abc/', '/telegram/abc?x=1', '/', '/telegram/%61bc'])(
  'nobody lives at %s: 404',
  async (path) => {
    const { post, handled } = await startServer()
    expect((await post(UPDATE, { path })).status).toBe(404)
    expect(handled).toEqual([])
  },
)

test('what is not Telegram’s goes to the pages, and never near an update', async () => {
  const { post, send, handled } = await startServer()
  const response = await post(UPDATE, { path: '/o/faenza' })
  expect([response.status, response.headers.get('x-page'), await response.text()]).toEqual([
    404,
    '/o/faenza',
    'no page',
  ])
  const head = await send('HEAD /o/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  expect(head).toMatch(/content-length: 7\r\n(?:.*\r\n)*\r\n$/i)
  expect(handled).toEqual([])
})

test('only POST is taken', async () => {
  const { post } = await startServer()
  const response = await post(undefined, { method: 'GET' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test.each(['', 'S3cret', 's3cre', `${SECRET}, ${SECRET}`, 'x'.repeat(5_000)])(
  'the secret %j is another: 401, counted, not handled',
  async (secret) => {
    const { post, handled, counted } = await startServer()
    expect((await post(UPDATE, { secret })).status).toBe(401)
    expect(handled).toEqual([])
    expect(await counted('unauthorized')).toBe('1')
  },
)

test('without the secret no byte of the body is waited for', async () => {
  const { send } = await startServer()
  expect(await send(`${HEAD}content-length: 500000\r\n\r\n`)).toMatch(/^HTTP\/1\.1 401 /)
})

test('a body that says it is too large is refused before it is read', async () => {
  const { send, counted } = await startServer()
  const head = `${HEAD}x-telegram-bot-api-secret-token: ${SECRET}\r\n`
  expect(await send(`${head}content-length: 1048577\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /)
  expect(await counted('malformed')).toBe('1')
})

test('a body that turns out too large is refused as soon as it is', async () => {
  const { send } = await startServer()
  const head = `${HEAD}x-telegram-bot-api-secret-token: ${SECRET}\r\ntransfer-encoding: chunked\r\n\r\n`
  const chunk = `100000\r\n${'x'.repeat(0x10_00_00)}\r\n`
  expect(await send(head, chunk, '1\r\nx\r\n')).toMatch(/^HTTP\/1\.1 413 /)
})

test.each(['', '{', 'null', '[]', '"x"', '{}', '{"update_id":"7"}', '\xff\xfe', '['.repeat(100_000)])(
  '%j is no update: 400',
  async (body) => {
    const { post, handled } = await startServer()
    expect((await post(body)).status).toBe(400)
    expect(handled).toEqual([])
  },
)

test('kinds of update we do not know are taken, so that Telegram does not repeat them', async () => {
  const { post, handled, counted } = await startServer()
  expect((await post({ update_id: 8, brand_new: { a: 1 } })).status).toBe(200)
  expect(handled).toEqual([8])
  expect((await post({ update_id: 9, message: 'no object' })).status).toBe(200)
  expect([handled, await counted('unreadable')]).toEqual([[8], '1'])
})

test('what could not be kept is answered 500, so that Telegram delivers it again', async () => {
  const { post, counted } = await startServer(async () => {
    throw new Error('the database is away')
  })
  expect((await post(UPDATE)).status).toBe(500)
  expect(await counted('failed')).toBe('1')
})

test('closing waits until the update under way is handled and answered', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { server, post, handled } = await startServer(async () => {
    begin()
    await gate
  })
  const posted = post(UPDATE)
  await begun
  let isClosed = false
  const closed = server.close().then(() => (isClosed = true))
  await expect(post(UPDATE)).rejects.toThrow()
  expect([isClosed, handled]).toEqual([false, []])
  open()
  const response = await posted
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
  await closed
  expect(handled).toEqual([7])
})

test('closing twice, or before listening, is harmless', async () => {
  const { server } = await startServer()
  await server.close()
  await server.close()
})
