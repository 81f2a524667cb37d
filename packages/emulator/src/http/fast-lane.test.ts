import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { advanceUntil } from '../testing/advance-until.ts'
import { sendRaw } from '../testing/raw-http.ts'
import { startScene } from '../testing/start-emulator.ts'

/** With any other header than clients usually send, a request is read by node's own server. */
const ANOTHER_HEADER = 'x-any: 1\r\n'

function post(path: string, body: string, headers = ''): string {
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n${headers}content-type: application/json`
  return `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** What a world answers that is the same each time it is made. */
async function answerTo({ method, body, headers }: { method: string; body: string; headers: string }) {
  const { emulator, bot, ada } = await startScene({ seed: 7, nowMs: () => 1_795_248_000_000 })
  const request = post(`/bot${bot.token}/${method}`, body.replace('$ada', String(ada.id)), headers)
  const { text } = await sendRaw(emulator.port, request, '}')
  return { text, requests: emulator.requests(), report: emulator.report() }
}

test.each([
  ['sendMessage', '{"chat_id":$ada,"text":"<b>Hello</b> ї😀/","parse_mode":"HTML"}'],
  ['SENDMESSAGE', '{"chat_id":"$ada","text":"a","reply_markup":{"force_reply":true}}'],
  ['sendMessage', '{"chat_id":$ada,"text":"<b>Hello","parse_mode":"HTML"}'],
  ['sendMessage', '{"chat_id":$ada,"text":"cut'],
  ['sendMessage', String.raw`{"chat_id":$ada,"text":"\ud800"}`],
  ['sendMessage', '{"chat_id":1,"text":"x"}'],
  ['sendMessage', ''],
  ['sendMessage', '"content"'],
  ['sendPhoto', '{"chat_id":$ada,"photo":"https://shop.example/a.jpg"}'],
  ['sendPizza', '{}'],
  ['test/getMe', '{}'],
  ['', '{"method":"getMe"}'],
  ['getUpdates', '{"limit":1}'],
  ['logOut', '{}'],
])('%s %s is answered with the same bytes as by node', async (method, body) => {
  const [ours, nodes] = await Promise.all(
    ['', ANOTHER_HEADER].map((headers) => answerTo({ method, body, headers })),
  )
  expect(ours).toEqual(nodes)
  expect(ours?.text).toContain('Content-Length: ')
})

test('one connection takes any kind of request, one after the other', async () => {
  const { emulator, bot } = await startScene()
  const path = `/bot${bot.token}/getMe`
  const chunked = `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
  const requests = [
    post(path, '{}'),
    post(path, '{}'),
    chunked,
    post(path, '{}'),
    `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ]
  const socket = connect(emulator.port, '127.0.0.1')
  const statuses = []
  for (const request of requests) {
    socket.write(request)
    const text = await new Promise<string>((resolve) =>
      socket.once('data', (chunk) => resolve(String(chunk))),
    )
    statuses.push(text.slice(0, text.indexOf('\r\n')))
  }
  socket.destroy()
  expect(statuses).toEqual(requests.map(() => 'HTTP/1.1 200 OK'))
})

test('requests that do not wait for an answer are answered in their order', async () => {
  const { emulator, bot, ada } = await startScene()
  emulator.faults.add({
    match: { method: 'sendMessage' },
    fault: { kind: 'latency', min_ms: 1000, max_ms: 1000 },
  })
  const send = (text: string) =>
    post(`/bot${bot.token}/sendMessage`, JSON.stringify({ chat_id: ada.id, text }))
  const me = post(`/bot${bot.token}/getMe`, '{}')
  const socket = connect(emulator.port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  socket.write(send('one'))
  const isDelivered = () => emulator.chats.messages(`${bot.id}:${ada.id}`).messages.length > 1
  socket.write(`${me}${send('two')}${me.slice(0, 30)}`)
  await advanceUntil(emulator, 100, isDelivered)
  socket.write(me.slice(30))
  await advanceUntil(emulator, 100, () => emulator.requests().last === 4)
  await advanceUntil(emulator, 0, () => text.split('"is_bot":true').length > 4)
  socket.destroy()
  expect(text.match(/"text":"\w+"|can_join_groups/g)).toEqual([
    '"text":"one"',
    'can_join_groups',
    '"text":"two"',
    'can_join_groups',
  ])
})

test('an accident meets a connection that served calls before', async () => {
  const { emulator, bot } = await startScene()
  const me = post(`/bot${bot.token}/getMe`, '{}')
  const socket = connect(emulator.port, '127.0.0.1')
  socket.write(me)
  await new Promise((resolve) => socket.once('data', resolve))
  emulator.faults.add({ fault: { kind: 'bad_gateway', body: 'html' } })
  socket.write(me)
  const text = await new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))))
  socket.destroy()
  expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
})

test('who hangs up while waiting for updates leaves the place to others', async () => {
  const { emulator, bot, call } = await startScene()
  await call('getUpdates', { offset: -1 })
  const socket = connect(emulator.port, '127.0.0.1')
  await new Promise<void>((resolve) => {
    socket.write(post(`/bot${bot.token}/getUpdates`, '{"timeout":50,"offset":999999999999}'), () => resolve())
  })
  socket.destroy()
  await advanceUntil(emulator, 0, () => emulator.requests().last === 2)
  expect(await call('getUpdates', { offset: -1 })).toMatchObject({ status: 200 })
})
