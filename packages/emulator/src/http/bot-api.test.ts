import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { post, readAnswer } from '../testing/call-bot.ts'
import { sendRaw } from '../testing/raw-http.ts'
import { startEmulator, startScene } from '../testing/start-emulator.ts'

function requestText(head: string, body = ''): string {
  return `${head}\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

test('an answer has the headers of the real server in its order, and no others', async () => {
  const { emulator, bot } = await startScene()
  const { text } = await sendRaw(emulator.port, requestText(`GET /bot${bot.token}/close HTTP/1.1`), 'true}')
  expect(text).toBe(
    'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}',
  )
})

test('a refusal for flooding has the Retry-After header and the documented body', async () => {
  const { emulator, bot } = await startScene()
  emulator.faults.add({ match: { method: 'getMe' }, fault: { kind: 'error', code: 429, retry_after: 35 } })
  const { text } = await sendRaw(emulator.port, requestText(`GET /bot${bot.token}/getMe HTTP/1.1`), '}}')
  const body =
    '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}'
  expect(text).toBe(
    `HTTP/1.1 429 Too Many Requests\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nRetry-After: 35\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
})

test('text beyond ASCII comes back escaped', async () => {
  const { emulator, bot, ada } = await startScene()
  const body = JSON.stringify({ chat_id: ada.id, text: 'ї/😀' })
  const response = await fetch(`${emulator.url}/bot${bot.token}/sendMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  expect(await response.text()).toContain(String.raw`"text":"\u0457/\ud83d\ude00"`)
})

test.each(['getme', 'GETME', 'GetMe', 'test/getMe'])('the method is found as %s', async (method) => {
  const { emulator, bot } = await startScene()
  expect(await post(`${emulator.url}/bot${bot.token}/${method}`, '')).toMatchObject({ status: 200, ok: true })
})

test('the method may stand in the body, when the path has none', async () => {
  const { emulator, bot } = await startScene()
  const answer = await post(
    `${emulator.url}/bot${bot.token}/`,
    'method=getMe',
    'application/x-www-form-urlencoded',
  )
  expect(answer.result).toMatchObject({ id: bot.id })
})

test('query, form, JSON and multipart all carry parameters, and the query wins', async () => {
  const { emulator, bot, ada } = await startScene()
  const address = `${emulator.url}/bot${bot.token}/sendMessage`
  const form = new FormData()
  form.set('chat_id', String(ada.id))
  form.set('text', 'multipart')
  const answers = [
    await readAnswer(await fetch(`${address}?chat_id=${ada.id}&text=query`)),
    await post(address, `chat_id=${ada.id}&text=form+data`, 'application/x-www-form-urlencoded'),
    await post(
      address,
      JSON.stringify({ chat_id: String(ada.id), text: 'json' }),
      'application/json; charset=utf-8',
    ),
    await post(address, form),
    await post(
      `${address}?text=query`,
      JSON.stringify({ chat_id: ada.id, text: 'json' }),
      'application/json',
    ),
  ]
  expect(answers.map(({ result }) => result.text)).toEqual([
    'query',
    'form data',
    'json',
    'multipart',
    'query',
  ])
})

test('a body of another content type holds no parameters', async () => {
  const { emulator, bot, ada } = await startScene()
  const answer = await post(
    `${emulator.url}/bot${bot.token}/sendMessage`,
    `chat_id=${ada.id}&text=x`,
    'text/plain',
  )
  expect(answer).toMatchObject({ status: 400, description: 'Bad Request: message text is empty' })
})

test('a truncated JSON body is no error of its own: what was read before counts', async () => {
  const { emulator, bot, ada } = await startScene()
  const answer = await post(
    `${emulator.url}/bot${bot.token}/sendMessage`,
    `{"chat_id":${ada.id},"text":"cut`,
    'application/json',
  )
  expect(answer).toMatchObject({ status: 400, description: 'Bad Request: message text is empty' })
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
])('a %s body is unpacked', async (encoding, pack) => {
  const { emulator, bot, ada } = await startScene()
  const response = await fetch(`${emulator.url}/bot${bot.token}/sendMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': encoding },
    body: new Uint8Array(pack(JSON.stringify({ chat_id: ada.id, text: 'packed' }))),
  })
  expect((await readAnswer(response)).result.text).toBe('packed')
})

test.each([
  ['/nothing', 404, 'Not Found'],
  ['/bot1:short/getMe', 401, 'Unauthorized'],
  [`/bot1:${'a'.repeat(30)}/getMe`, 401, 'Unauthorized'],
  ['/bot/getMe', 401, 'Unauthorized: invalid token specified'],
  ['/botabc:def/getMe', 421, 'Misdirected Request: unallowed token specified'],
])('GET %s is answered %i %s', async (path, code, description) => {
  const emulator = await startEmulator()
  const answer = await readAnswer(await fetch(`${emulator.url}${path}`))
  expect(answer).toMatchObject({ status: code, ok: false, errorCode: code, description })
})

test('an unknown method is not found, a revoked token is unauthorized', async () => {
  const { emulator, bot, call } = await startScene()
  expect(await call('sendPizza')).toMatchObject({ status: 404, description: 'Not Found: method not found' })
  const renewed = emulator.bots.revoke(bot.id)
  expect(await call('getMe')).toMatchObject({ status: 401, description: 'Unauthorized' })
  expect(await post(`${emulator.url}/bot${renewed.token}/getMe`, '')).toMatchObject({ status: 200 })
})

test.each([
  ['a method that is no method of HTTP', 'BREW /bot HTTP/1.1\r\nHost: x\r\n\r\n', 501],
  ['PUT', 'PUT /bot1:a/getMe HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n', 501],
  ['HEAD', 'HEAD /bot1:a/getMe HTTP/1.1\r\nHost: x\r\n\r\n', 501],
  ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 501],
  ['an unknown version', 'GET / HTTP/3.7\r\nHost: x\r\n\r\n', 505],
  ['a broken header', 'GET / HTTP/1.1\r\nno colon here\r\n\r\n', 400],
  ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(300_000)}\r\n\r\n`, 431],
])('%s gets an empty answer and a closed connection', async (_name, bytes, status) => {
  const emulator = await startEmulator()
  const { text } = await sendRaw(emulator.port, bytes)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Za-z ]+\r\nContent-Length: 0\r\n\r\n$`))
})

const JSON_TYPE = 'Content-Type: application/json'
const HALF_A_PART = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'

test.each([
  {
    what: 'broken multipart',
    headers: 'Content-Type: multipart/form-data; boundary=x',
    body: HALF_A_PART,
    status: 400,
  },
  {
    what: 'broken gzip',
    headers: `${JSON_TYPE}\r\nContent-Encoding: gzip`,
    body: '{"text":"plain"}',
    status: 400,
  },
  { what: 'unknown packing', headers: `${JSON_TYPE}\r\nContent-Encoding: br`, body: '{}', status: 415 },
  {
    what: 'a megabyte of parameters',
    headers: JSON_TYPE,
    body: `{"text":"${'x'.repeat(1024 * 1024)}"}`,
    status: 413,
  },
])('$what gets an empty answer and a closed connection', async ({ headers, body, status }) => {
  const { emulator, bot } = await startScene()
  const head = `POST /bot${bot.token}/sendMessage HTTP/1.1\r\n${headers}\r\nHost: x`
  const { text } = await sendRaw(emulator.port, `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Za-z ]+\r\nContent-Length: 0\r\n\r\n$`))
})

test('an upload beyond the limit is refused as too large before it was read', async () => {
  const { emulator, bot } = await startScene({ settings: { maxUploadBytes: 1000 } })
  const head = `POST /bot${bot.token}/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x`
  const { text } = await sendRaw(emulator.port, `${head}\r\nContent-Length: 99999999\r\n\r\n--x`, '}')
  expect(text).toContain('HTTP/1.1 413 ')
  expect(text).toContain('{"ok":false,"error_code":413,"description":"Request Entity Too Large"}')
})

test('a chunked body and HTTP/1.0 are understood', async () => {
  const { emulator, bot } = await startScene()
  const chunked = `POST /bot${bot.token}/getMe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n`
  expect((await sendRaw(emulator.port, chunked, '}}')).text).toContain('"ok":true')
  expect((await sendRaw(emulator.port, `GET /bot${bot.token}/getMe HTTP/1.0\r\n\r\n`, '}}')).text).toContain(
    '"ok":true',
  )
})

test('a client that hangs up in the middle of its body disturbs nobody', async () => {
  const { emulator, bot, call } = await startScene()
  const head = `POST /bot${bot.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"chat`
  const { connect } = await import('node:net')
  await new Promise<void>((resolve) => {
    const socket = connect(emulator.port, '127.0.0.1', () => socket.write(head, () => socket.destroy()))
    socket.on('close', () => resolve())
  })
  expect(await call('getMe')).toMatchObject({ status: 200 })
})
