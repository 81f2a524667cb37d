import { expect, test } from 'vitest'
import type { Fault } from '../faults/fault.ts'
import { advanceUntil } from '../testing/advance-until.ts'
import { sendRaw } from '../testing/raw-http.ts'
import { startScene } from '../testing/start-emulator.ts'
import type { Scene } from '../testing/start-emulator.ts'

/** Sends a message that meets the accident; answers what came back and how many messages were delivered. */
async function meet(fault: Fault, options: { until?: string; prepare?: (scene: Scene) => void } = {}) {
  const scene = await startScene()
  const { emulator, bot, ada } = scene
  options.prepare?.(scene)
  emulator.faults.add({ match: { method: 'sendMessage' }, fault, count: 1 })
  const body = JSON.stringify({ chat_id: ada.id, text: 'x' })
  const head = `POST /bot${bot.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json`
  const { text, reset } = await sendRaw(
    emulator.port,
    `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    options.until,
  )
  const delivered = emulator.chats.messages(`${bot.id}:${ada.id}`).messages.length - 1
  return { text, reset, delivered, scene }
}

test.each([
  [500, undefined, 'Internal Server Error: restart'],
  [401, undefined, 'Unauthorized'],
  [403, 'Forbidden: user is deactivated', 'Forbidden: user is deactivated'],
])('an error %i stands for the call, which is not carried out', async (code, given, description) => {
  const fault = { kind: 'error' as const, code, ...(given && { description: given }) }
  const { text, delivered } = await meet(fault, { until: '}' })
  expect(text).toContain(`{"ok":false,"error_code":${code},"description":"${description}"}`)
  expect(text).toContain('Content-Type: application/json')
  expect(delivered).toBe(0)
})

test('a 429 of a server shutting down asks for five seconds', async () => {
  const { text } = await meet({ kind: 'error', code: 429 }, { until: '}}' })
  expect(text).toContain('Retry-After: 5\r\n')
  expect(text).toContain('"parameters":{"retry_after":5}')
})

test('the web server in front answers in HTML or JSON', async () => {
  const html = await meet({ kind: 'bad_gateway', body: 'html' }, { until: '</html>' })
  const json = await meet({ kind: 'bad_gateway', body: 'json' }, { until: '}' })
  expect(html.text).toMatch(
    /^HTTP\/1\.1 502 Bad Gateway\r\n[^]*Content-Type: text\/html[^]*<h1>502 Bad Gateway<\/h1>/,
  )
  expect(json.text).toContain('{"ok":false,"error_code":502,"description":"Bad Gateway"}')
  expect([html.delivered, json.delivered]).toEqual([0, 0])
})

test('an empty body comes with a closed connection', async () => {
  const { text, delivered } = await meet({ kind: 'empty_body', status: 502 })
  expect(text).toBe('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
  expect(delivered).toBe(0)
})

test('a reset before the call leaves nothing behind, one after it a delivered message', async () => {
  const before = await meet({ kind: 'reset', when: 'before' })
  const after = await meet({ kind: 'reset', when: 'after' })
  expect([before.text, before.reset, before.delivered]).toEqual(['', true, 0])
  expect([after.text, after.reset, after.delivered]).toEqual(['', true, 1])
})

test('an answer that is cut off was delivered and has the length of the whole', async () => {
  const { text, delivered } = await meet({ kind: 'cut_body' })
  const [head = '', body = ''] = text.split('\r\n\r\n')
  expect(body.length).toBeGreaterThan(0)
  expect(body.length).toBeLessThan(Number(/Content-Length: (\d+)/.exec(head)?.[1]))
  expect(delivered).toBe(1)
})

test('a slow answer comes byte by byte and is whole in the end', async () => {
  const { text, delivered } = await meet({ kind: 'slow_body', bytes_per_second: 100_000 }, { until: '}}' })
  const body = text.split('\r\n\r\n')[1] ?? ''
  expect(JSON.parse(body)).toMatchObject({ ok: true, result: { text: 'x' } })
  expect(delivered).toBe(1)
})

test('any other answer can be given instead', async () => {
  const fault: Fault = {
    kind: 'raw',
    status: 200,
    content_type: 'application/json',
    body: '{"ok":false,"ї":1}',
  }
  const { text } = await meet(fault, { until: '1}' })
  expect(text).toContain('Content-Length: 19\r\n')
})

test('a call that hangs is answered by nobody, before or after it was carried out', async () => {
  for (const when of ['before', 'after'] as const) {
    const { emulator, bot, ada, call } = await startScene()
    emulator.faults.add({ match: { method: 'sendMessage' }, fault: { kind: 'hang', when } })
    const hanging = call('sendMessage', { chat_id: ada.id, text: 'x' }).then(
      () => 'answered',
      () => 'connection lost',
    )
    await advanceUntil(emulator, 0, () => emulator.requests().last > 0)
    expect(emulator.chats.messages(`${bot.id}:${ada.id}`).messages).toHaveLength(when === 'after' ? 2 : 1)
    await emulator.close()
    expect(await hanging).toBe('connection lost')
  }
})

test('a delay lies partly before and partly after the call', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const fault: Fault = { kind: 'latency', min_ms: 1_000_000, max_ms: 2_000_000 }
  emulator.faults.add({ match: { method: 'sendMessage' }, fault })
  const answer = call('sendMessage', { chat_id: ada.id, text: 'x' })
  const delivered = () => emulator.chats.messages(`${bot.id}:${ada.id}`).messages.length > 1
  await advanceUntil(emulator, 10_000, delivered)
  expect(emulator.requests().last).toBe(0)
  await advanceUntil(emulator, 10_000, () => emulator.requests().last > 0)
  expect((await answer).status).toBe(200)
})
