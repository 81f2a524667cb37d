import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGate } from '../support/create-gate.ts'
import { waitUntil } from '../support/wait-until.ts'
import { listAttempts } from './database-under-test.ts'
import { createStage } from './pipeline-under-test.ts'

const AWAY_MS = 8_000

test('while Postgres is away senders call nobody; what Telegram answered meanwhile is not forgotten, and all goes on in order', async () => {
  const stage = await createStage()
  const { emulator } = stage
  stage.startRenderer()
  const bots = [await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 12)))).flat()
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 300 } })
  const url = new URL(stage.env['DATABASE_URL']!)
  const gate = await createGate({ host: url.hostname, port: Number(url.port) })
  url.port = String(gate.port)
  const env = { DATABASE_URL: url.href, SENDER_RESEND_SECONDS: '1' }
  const senders = [await stage.startProcess('sender', env), await stage.startProcess('sender', env)]
  const ids = await stage.accept(
    [0, 1, 2, 3].flatMap((index) => people.map((to) => ({ to, text: `#${index}` }))),
  )
  await waitUntil(() => emulator.report().ok >= 15)

  gate.close()
  const closedAtMs = Date.now()
  await sleep(AWAY_MS)
  const calls = emulator.requests({ limit: 10_000 }).requests.filter(({ method }) => method === 'sendMessage')
  const openedAtMs = Date.now()
  gate.open()

  // What had been claimed may still be called for within three quarters of a second, and arrives up to 300 ms later.
  expect(Math.max(...calls.map(({ at_ms: atMs }) => atMs))).toBeLessThan(closedAtMs + 1_200)
  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(emulator.report()).toMatchObject({ duplicate_count: 0, ok: ids.length })
  for (const person of people) {
    const resent = messages.filter(({ recipient, resends }) => recipient === person.externalId && resends > 0)
    // A claim whose answer was cut off is in doubt, though nobody was called: those come when they come, once.
    if (resent.length > 0) expect(stage.textsOf(person).toSorted()).toEqual(['#0', '#1', '#2', '#3'])
    else expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2', '#3'])
  }
  // No answer was recorded while Postgres was away, and those from before are there.
  const attempts = await listAttempts(stage.database)
  expect(attempts).toHaveLength(ids.length)
  expect(attempts.filter(({ endedAt }) => endedAt.getTime() < openedAtMs).length).toBeGreaterThanOrEqual(15)
  for (const sender of senders) {
    sender.kill('SIGTERM')
    expect(await sender.ended).toEqual({ code: 0, signal: null })
  }
}, 60_000)
