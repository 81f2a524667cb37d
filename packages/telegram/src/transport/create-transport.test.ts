import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTelegramTransport, type TelegramRequest, type TransportSettings } from './create-transport.ts'
import { parseAnswer } from './parse-answer.ts'
import { answerJson, standInHttp, standInTcp, type StandIn } from './stand-in.ts'
import { TransportError } from './transport-error.ts'

const OK = { ok: true, result: true }

function open(standIn: StandIn, settings: Partial<TransportSettings> & { scheme?: string } = {}) {
  const { scheme = 'http', ...others } = settings
  const apiRoot = `${scheme}://${standIn.host}`
  const transport = createTelegramTransport({ apiRoot, connections: 4, ...others })
  return {
    async call(request: TelegramRequest = { body: '{}' }) {
      const url = `${apiRoot}/bot7:AAA/sendMessage`
      return parseAnswer(await transport.fetch(url, request), url)
    },
    close: transport.close,
    [Symbol.asyncDispose]: transport.close,
  }
}

/** The error of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(TransportError)
  return error instanceof TransportError ? error : new TransportError({ code: 'NONE', mayHaveArrived: false })
}

test('connections are used again', async () => {
  await using standIn = await standInHttp((_request, response) => answerJson(response, 200, OK))
  await using telegram = open(standIn)
  for (let count = 0; count < 50; count += 1) expect(await telegram.call()).toEqual(OK)
  // A second one when the next call comes before the first connection is quite free again.
  expect(standIn.connections()).toBeLessThanOrEqual(2)
})

test('more calls than connections wait for one', async () => {
  await using standIn = await standInHttp((_request, response) => answerJson(response, 200, OK))
  await using telegram = open(standIn, { connections: 2 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => telegram.call()))
  expect(answers).toHaveLength(20)
  expect(standIn.connections()).toBe(2)
})

test('an answer in pieces is put together, characters cut in two as well', async () => {
  const body = Buffer.from(JSON.stringify({ ok: true, result: 'дякую 👍' }))
  await using standIn = await standInHttp((_request, response) => {
    response.writeHead(200, { 'content-length': body.length })
    for (const byte of body) response.write(Buffer.of(byte))
    response.end()
  })
  await using telegram = open(standIn)
  expect(await telegram.call()).toEqual({ ok: true, result: 'дякую 👍' })
})

test('a root with a path is kept', async () => {
  let seen = ''
  await using standIn = await standInHttp((request, response) => {
    seen = request.url
    answerJson(response, 200, OK)
  })
  const apiRoot = `http://${standIn.host}/telegram`
  const transport = createTelegramTransport({ apiRoot: `${apiRoot}/`, connections: 1 })
  await transport.fetch(`${apiRoot}/bot7:AAA/getMe`, {})
  await transport.close()
  expect(seen).toBe('/telegram/bot7:AAA/getMe')
})

test.for(['ftp://x.example', 'telegram', 'https://me:secret@x.example', 'https://x.example/?a', ''])(
  'the root %j is refused, and not repeated',
  (apiRoot) => {
    const create = () => createTelegramTransport({ apiRoot, connections: 1 })
    expect(create).toThrow('the API root must be')
    expect(create).not.toThrow('secret')
  },
)

test('a refused connection never left', async () => {
  const standIn = await standInTcp(() => undefined)
  await standIn[Symbol.asyncDispose]()
  await using telegram = open(standIn)
  const failure = await failureOf(telegram.call())
  expect(failure).toMatchObject({ code: 'ECONNREFUSED', mayHaveArrived: false, timedOut: false })
})

test('a failed TLS handshake never left', async () => {
  await using standIn = await standInHttp((_request, response) => answerJson(response, 200, OK))
  await using telegram = open(standIn, { scheme: 'https' })
  expect(await failureOf(telegram.call())).toMatchObject({ mayHaveArrived: false, httpStatus: undefined })
})

test('a connection reset inside the TLS handshake never left, although the code is that of a lost request', async () => {
  await using standIn = await standInTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await using telegram = open(standIn, { scheme: 'https' })
  expect(await failureOf(telegram.call())).toMatchObject({ code: 'ECONNRESET', mayHaveArrived: false })
})

test('a connection that is not ready in time never left', async () => {
  await using standIn = await standInTcp(() => undefined)
  await using telegram = open(standIn, { scheme: 'https', connectTimeoutMs: 50 })
  const failure = await failureOf(telegram.call())
  expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', mayHaveArrived: false, timedOut: true })
})

test('a reset after the request was written may have arrived', async () => {
  await using standIn = await standInTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await using telegram = open(standIn)
  expect(await failureOf(telegram.call())).toMatchObject({ code: 'ECONNRESET', mayHaveArrived: true })
})

test('a connection closed without an answer may have arrived', async () => {
  await using standIn = await standInTcp((socket) => socket.once('data', () => socket.end()))
  await using telegram = open(standIn)
  expect(await failureOf(telegram.call())).toMatchObject({ mayHaveArrived: true, timedOut: false })
})

test('no answer in time may have arrived', async () => {
  await using standIn = await standInHttp(() => undefined)
  await using telegram = open(standIn)
  const failure = await failureOf(telegram.call({ body: '{}', deadlineMs: 50 }))
  expect(failure).toMatchObject({ code: 'DEADLINE', mayHaveArrived: true, timedOut: true })
})

test('an answer cut in the middle may have arrived', async () => {
  await using standIn = await standInHttp((_request, response) => {
    response.writeHead(200, { 'content-length': 1_000 })
    response.write('{"ok":true', () => response.destroy())
  })
  await using telegram = open(standIn)
  expect(await failureOf(telegram.call())).toMatchObject({ mayHaveArrived: true, httpStatus: 200 })
})

test('a call given up while it waits for a connection never leaves, not even later', async () => {
  const bodies: string[] = []
  const { promise: release, resolve } = Promise.withResolvers<void>()
  await using standIn = await standInHttp((request, response) => {
    bodies.push(request.body)
    void release.then(() => answerJson(response, 200, OK))
  })
  await using telegram = open(standIn, { connections: 1 })
  const first = telegram.call({ body: '"first"' })
  const aborter = new AbortController()
  const late = failureOf(telegram.call({ body: '"late"', deadlineMs: 20 }))
  const aborted = failureOf(telegram.call({ body: '"aborted"', signal: aborter.signal }))
  const last = telegram.call({ body: '"last"' })
  expect(await late).toMatchObject({ code: 'DEADLINE', mayHaveArrived: false, timedOut: true })
  aborter.abort()
  expect(await aborted).toMatchObject({ code: 'ABORTED', mayHaveArrived: false })
  resolve()
  expect(await first).toEqual(OK)
  expect(await last).toEqual(OK)
  expect(bodies).toEqual(['"first"', '"last"'])
})

test('a call aborted after it was written may have arrived, one aborted before did not', async () => {
  const aborter = new AbortController()
  await using standIn = await standInHttp(() => aborter.abort())
  await using telegram = open(standIn)
  const { signal } = aborter
  expect(await failureOf(telegram.call({ body: '{}', signal }))).toMatchObject({ mayHaveArrived: true })
  expect(await failureOf(telegram.call({ body: '{}', signal }))).toMatchObject({ mayHaveArrived: false })
})

test('an upload cut before its end did not arrive, one cut after it may have', async () => {
  await using early = await standInTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await using late = await standInHttp((_request, response) => response.socket?.resetAndDestroy())
  const upload = () => Readable.from(endless())
  await using first = open(early)
  await using second = open(late)
  expect(await failureOf(first.call({ body: upload() }))).toMatchObject({ mayHaveArrived: false })
  const short = Readable.from([Buffer.from('all there is')])
  expect(await failureOf(second.call({ body: short }))).toMatchObject({ mayHaveArrived: true })
})

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(16_384)
}

test('the source of an upload that never left is closed', async () => {
  const standIn = await standInTcp(() => undefined)
  await standIn[Symbol.asyncDispose]()
  await using telegram = open(standIn)
  const body = Readable.from(endless())
  await failureOf(telegram.call({ body }))
  expect(body.destroyed).toBe(true)
})

test.for([
  { what: 'HTML', status: 502, body: '<html>Bad Gateway</html>', code: 'NOT_JSON' },
  { what: 'nothing', status: 500, body: '', code: 'EMPTY' },
  { what: 'null', status: 200, body: 'null', code: 'NOT_BOT_API' },
  { what: 'a list', status: 200, body: '[]', code: 'NOT_BOT_API' },
  { what: 'another object', status: 200, body: '{"status":"ok"}', code: 'NOT_BOT_API' },
  { what: 'an error without a code', status: 400, body: '{"ok":false}', code: 'NOT_BOT_API' },
  { what: 'JSON with a byte order mark', status: 200, body: '\uFEFF{}', code: 'NOT_JSON' },
])('$what with status $status is no answer of the Bot API', async ({ status, body, code }) => {
  await using standIn = await standInHttp((_request, response) => {
    response.writeHead(status, { 'retry-after': '17' }).end(body)
  })
  await using telegram = open(standIn)
  const failure = await failureOf(telegram.call())
  expect(failure).toMatchObject({ code, httpStatus: status, retryAfterSeconds: 17 })
})

test('what the peer closes while it is unused loses no call', async () => {
  let calls = 0
  await using standIn = await standInHttp((_request, response) => {
    calls += 1
    answerJson(response, 200, OK)
    // As late as can be: the client knows nothing of it when it begins the next call.
    if (calls % 2 === 1) setImmediate(() => response.socket?.end())
  })
  await using telegram = open(standIn)
  for (let count = 0; count < 20; count += 1) {
    expect(await telegram.call()).toEqual(OK)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
  }
})

test('a connection that its peer keeps for a moment only is not used again', async () => {
  await using standIn = await standInHttp((_request, response) => {
    response.setHeader('keep-alive', 'timeout=2')
    answerJson(response, 200, OK)
  })
  await using telegram = open(standIn)
  for (let count = 0; count < 3; count += 1) expect(await telegram.call()).toEqual(OK)
  expect(standIn.connections()).toBe(3)
})

test('an unused connection is closed in time', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  await using standIn = await standInHttp((_request, response) => {
    response.socket?.on('close', resolve)
    answerJson(response, 200, OK)
  })
  await using telegram = open(standIn, { keepAliveMs: 50 })
  expect(await telegram.call()).toEqual(OK)
  await closed
})

test('what comes unasked for answers nothing', async () => {
  const body = JSON.stringify(OK)
  const answer = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`
  const foreign = body.replace('true}', '17}')
  const { promise: sent, resolve } = Promise.withResolvers<void>()
  await using standIn = await standInTcp((socket) =>
    socket.on('data', () => {
      socket.write(answer + body)
      setTimeout(
        () =>
          socket.write(answer.replace(String(body.length), String(foreign.length)) + foreign, () =>
            resolve(),
          ),
        5,
      )
    }),
  )
  await using telegram = open(standIn)
  expect(await telegram.call()).toEqual(OK)
  await sent
  expect(await telegram.call()).toEqual(OK)
  expect(standIn.connections()).toBe(2)
})

test('a call given up brings its answer to nobody', async () => {
  let calls = 0
  await using standIn = await standInHttp(({ body }, response) => {
    calls += 1
    const answer = () => answerJson(response, 200, { ok: true, result: body })
    if (calls === 1) setTimeout(answer, 60)
    else answer()
  })
  await using telegram = open(standIn, { connections: 1 })
  const late = failureOf(telegram.call({ body: '"late"', deadlineMs: 30 }))
  const next = telegram.call({ body: '"next"' })
  expect(await late).toMatchObject({ code: 'DEADLINE', mayHaveArrived: true })
  expect(await next).toEqual({ ok: true, result: '"next"' })
})

test('a deadline in the middle of an answer tells what its head said', async () => {
  await using standIn = await standInHttp((_request, response) => {
    response.writeHead(429, { 'content-length': 1_000, 'retry-after': '7' })
    response.write('{"ok":false')
  })
  await using telegram = open(standIn)
  const failure = await failureOf(telegram.call({ body: '{}', deadlineMs: 50 }))
  expect(failure).toMatchObject({ code: 'DEADLINE', timedOut: true, httpStatus: 429, retryAfterSeconds: 7 })
})

test('an answer larger than any of the Bot API is given up', async () => {
  await using standIn = await standInHttp((_request, response) => {
    response.writeHead(200)
    const more = () => void (response.writable && response.write(Buffer.alloc(1024 * 1024, 0x20), more))
    more()
  })
  await using telegram = open(standIn)
  expect(await failureOf(telegram.call())).toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    httpStatus: 200,
    mayHaveArrived: true,
  })
})

test('closing lets calls under way end and takes no new ones', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const { promise: release, resolve } = Promise.withResolvers<void>()
  await using standIn = await standInHttp((_request, response) => {
    arrive()
    void release.then(() => answerJson(response, 200, OK))
  })
  const telegram = open(standIn)
  const underWay = telegram.call()
  await arrived
  const closed = telegram.close()
  expect(await failureOf(telegram.call())).toMatchObject({ mayHaveArrived: false })
  resolve()
  expect(await underWay).toEqual(OK)
  await closed
})

test('a call to another server is not made', async () => {
  await using standIn = await standInHttp((_request, response) => answerJson(response, 200, OK))
  const transport = createTelegramTransport({ apiRoot: `http://${standIn.host}`, connections: 1 })
  const failure = await failureOf(transport.fetch('http://other.example/bot7:AAA/getMe', {}))
  expect(failure).toMatchObject({ code: 'OTHER_API_ROOT', mayHaveArrived: false })
  await transport.close()
  expect(standIn.connections()).toBe(0)
})
