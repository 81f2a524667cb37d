import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { Bot, GrammyError, HttpError, InputFile } from 'grammy'
import { expect, test } from 'vitest'
import { createBotApi, createGrammyClientOptions, type BotApiSettings } from './create-bot-api.ts'
import { toGrammySignal } from './grammy-signal.ts'
import { createTelegramTransport, type TelegramTransport } from './transport/create-transport.ts'
import { answerJson, standInHttp, standInTcp, type StandIn } from './transport/stand-in.ts'
import { TransportError } from './transport/transport-error.ts'

const SECRET = 'AAHsecretsecretsecretsecretsecret00'
const TOKEN = `7000001:${SECRET}`
const ME = { id: 7_000_001, is_bot: true, first_name: 'Shop', username: 'shop_bot' }

function open(standIn: StandIn, settings: Partial<BotApiSettings> & { scheme?: string } = {}) {
  const { scheme = 'http', ...others } = settings
  const apiRoot = `${scheme}://${standIn.host}`
  const transport = createTelegramTransport({ apiRoot, connections: 2 })
  const api = createBotApi({ token: TOKEN, apiRoot, transport, ...others })
  return { api, apiRoot, transport, [Symbol.asyncDispose]: transport.close }
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('calls reach Telegram under the token, as JSON, and bring their result', async () => {
  const seen: unknown[] = []
  await using standIn = await standInHttp((request, response) => {
    seen.push(request.url, request.headers['content-type'], JSON.parse(request.body))
    answerJson(response, 200, { ok: true, result: ME })
  })
  await using telegram = open(standIn)
  expect(await telegram.api.getMe()).toEqual(ME)
  await telegram.api.getChat(12)
  expect(seen).toEqual([
    `/bot${TOKEN}/getMe`,
    'application/json',
    {},
    `/bot${TOKEN}/getChat`,
    'application/json',
    { chat_id: 12 },
  ])
})

test('files go up whole, from memory and from a stream', async () => {
  const bodies: string[] = []
  await using standIn = await standInHttp((request, response) => {
    bodies.push(request.body)
    answerJson(response, 200, { ok: true, result: { message_id: 1 } })
  })
  await using telegram = open(standIn)
  const content = 'line of the file\n'.repeat(40_000)
  await telegram.api.sendDocument(12, new InputFile(Buffer.from(content), 'a.txt'), { caption: 'héllo' })
  await telegram.api.sendDocument(12, new InputFile(Readable.from([Buffer.from(content)]), 'b.txt'))
  for (const body of bodies) {
    expect(body).toContain(content)
    expect(body).toMatch(/name="chat_id"\r\n\r\n12\r\n/)
  }
  expect(bodies[0]).toContain('héllo')
  expect(bodies[1]).toContain('filename=b.txt')
})

test('an upload whose source fails was never sent, and its error is not passed on', async () => {
  const requests: string[] = []
  await using standIn = await standInHttp((request) => requests.push(request.url))
  await using telegram = open(standIn)
  async function* source(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(100_000)
    throw new Error(`cannot read https://files.example/bot${TOKEN}/x`)
  }
  const error = await errorOf(telegram.api.sendDocument(12, new InputFile(source(), 'a.txt')))
  expect(error).toMatchObject({ error: { code: 'UPLOAD_SOURCE', mayHaveArrived: false } })
  expect(requests).toEqual([])
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET)
})

test('no error holds the token, wherever the failure puts it', async () => {
  const page = (_: unknown, status: number) => `<html>${status} /bot${TOKEN}/sendMessage bot${SECRET}</html>`
  await using html = await standInHttp((request, response) => {
    response.writeHead(request.body.includes('502') ? 502 : 404).end(page(request, 502))
  })
  await using json = await standInHttp((request, response) =>
    answerJson(response, 404, { ok: false, error_code: 404, description: `Not Found: ${request.url}` }),
  )
  await using silent = await standInHttp(() => undefined)
  await using closing = await standInTcp((socket) =>
    socket.once('data', () => socket.end(`${TOKEN} is no HTTP`)),
  )
  const gone = await standInTcp(() => undefined)
  await gone[Symbol.asyncDispose]()
  await using viaHtml = open(html)
  await using viaJson = open(json)
  await using viaSilent = open(silent, { timeoutSeconds: 0.05 })
  await using viaClosing = open(closing)
  await using viaGone = open(gone)
  await using viaTls = open(html, { scheme: 'https' })
  const telegrams = [viaHtml, viaJson, viaSilent, viaClosing, viaGone, viaTls]
  const aborted = toGrammySignal(AbortSignal.abort())
  const elsewhere = createBotApi({
    token: TOKEN,
    apiRoot: 'http://other.example',
    transport: viaJson.transport,
  })

  const errors = await Promise.all([
    ...telegrams.flatMap(({ api }) => [
      errorOf(api.sendMessage(12, 'text 502')),
      errorOf(api.getMe(aborted)),
    ]),
    errorOf(elsewhere.getMe()),
    errorOf(viaHtml.api.sendDocument(12, new InputFile(Buffer.from('x')))),
  ])

  expect(errors).toHaveLength(14)
  for (const error of errors) {
    expect(error instanceof GrammyError || error instanceof HttpError).toBe(true)
    expect(everyText(error)).not.toContain(SECRET)
  }
  const [, , notFound] = errors
  expect(notFound).toMatchObject({ description: 'Not Found: /bot7000001:[token]/sendMessage' })
})

/** Everything a logger, a crash report or a debugger might print of an error. */
function everyText(error: unknown): string {
  const { message = '', stack = '' } = error instanceof Error ? error : {}
  const shown = inspect(error, { depth: 20, showHidden: true, getters: true })
  return [message, stack, shown, JSON.stringify(error), String(error)].join('\n')
}

test('a client shows its token to nobody who prints it', async () => {
  await using standIn = await standInHttp(() => undefined)
  await using telegram = open(standIn)
  expect(inspect(telegram, { depth: 20 })).not.toContain(SECRET)
  expect(JSON.stringify(telegram.api)).not.toContain(SECRET)
  expect(telegram.api.token).toBe(TOKEN)
})

test.for(['', 'no token', `${TOKEN}/../x`, `${TOKEN}?a`, `7000001:${SECRET}\n`, `7000001%3A${SECRET}`])(
  'what cannot be a token is refused without repeating it',
  (token) => {
    const transport = offline(() => ({}))
    const create = () => createBotApi({ token, apiRoot: 'https://api.telegram.org', transport })
    expect(create).toThrow(/^the bot token is malformed$/)
  },
)

test('every attempt is told of with its chat, before it leaves and when it has ended', async () => {
  const answers = [
    { ok: true, result: { message_id: 1 } },
    { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 9 } },
  ]
  const told: unknown[] = []
  const transport = offline(() => {
    told.push('leaves')
    return answers.shift()
  })
  const api = createBotApi({
    token: TOKEN,
    apiRoot: 'https://api.telegram.org',
    transport,
    onAttempt(attempt) {
      told.push(attempt)
      return (end) => told.push(end)
    },
  })
  await api.sendMessage(12, 'one')
  await errorOf(api.sendMessage('@channel', 'two'))
  await errorOf(api.getMe())
  expect(told).toEqual([
    { method: 'sendMessage', chatId: 12 },
    'leaves',
    { answered: true },
    { method: 'sendMessage', chatId: '@channel' },
    'leaves',
    { answered: true, errorCode: 429, retryAfterSeconds: 9 },
    { method: 'getMe', chatId: undefined },
    'leaves',
    { answered: false },
  ])
})

test('a 429 comes back at once', async () => {
  let calls = 0
  const transport = offline(() => {
    calls += 1
    return {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    }
  })
  const api = createBotApi({ token: TOKEN, apiRoot: 'https://api.telegram.org', transport })
  expect(await errorOf(api.sendMessage(12, 'x'))).toMatchObject({ error_code: 429 })
  expect(calls).toBe(1)
})

test('our deadline speaks before grammY’s; a long poll and a call with files have their own', async () => {
  const deadlines: (number | undefined)[] = []
  const transport: TelegramTransport = {
    async fetch(_url, request) {
      deadlines.push(request.deadlineMs)
      return { httpStatus: 200, retryAfterSeconds: undefined, body: '{"ok":true,"result":[]}' }
    },
    close: async () => undefined,
  }
  const settings = { apiRoot: 'https://api.telegram.org/', transport, timeoutSeconds: 10 }
  const api = createBotApi({ token: TOKEN, ...settings })
  await api.getMe()
  await api.getUpdates({ timeout: 50 })
  await api.sendPhoto(12, 'https://shop.example/a.jpg')
  await api.sendMediaGroup(12, [])
  expect(deadlines).toEqual([10_000, 65_000, 30_000, 30_000])
  expect(createGrammyClientOptions(settings)).toMatchObject({
    apiRoot: 'https://api.telegram.org',
    timeoutSeconds: 610,
  })
})

test('a whole Bot of grammY takes the same way', async () => {
  await using standIn = await standInHttp((_request, response) =>
    answerJson(response, 200, { ok: true, result: ME }),
  )
  await using telegram = open(standIn)
  const bot = new Bot(TOKEN, { client: createGrammyClientOptions(telegram) })
  await bot.init()
  expect(bot.botInfo.username).toBe('shop_bot')
})

/** A transport without a network: answers with what it is given, or fails with it. */
function offline(answer: () => unknown): TelegramTransport {
  return {
    async fetch() {
      const result = answer()
      if (result instanceof Error) throw result
      if (typeof result !== 'object' || result === null) {
        throw new TransportError({ code: 'OFFLINE', mayHaveArrived: false })
      }
      return { httpStatus: 200, retryAfterSeconds: undefined, body: JSON.stringify(result) }
    },
    close: async () => undefined,
  }
}
