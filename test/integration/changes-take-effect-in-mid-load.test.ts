import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type Stage, type TestBot, type TestPerson } from './pipeline-under-test.ts'

function notesFor(people: TestPerson[], from: number, to: number): Note[] {
  return Array.from({ length: to - from }, (_, index) =>
    people.map((person) => ({ to: person, text: `#${from + index}` })),
  ).flat()
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `#${index}`)
}

async function setStatus(stage: Stage, { botId }: TestBot, status: 'active' | 'paused'): Promise<void> {
  await sql`update bots set status = ${status} where shop_id = ${stage.shopId} and id = ${botId}`.execute(
    stage.database,
  )
}

async function readStatus({ database }: Stage, { botId }: TestBot): Promise<string | undefined> {
  const bot = await database.selectFrom('bots').select('status').where('id', '=', botId).executeTakeFirst()
  return bot?.status
}

function callTimesMs(stage: Stage): number[] {
  const { requests } = stage.emulator.requests({ limit: 10_000 })
  return requests.filter(({ method }) => method === 'sendMessage').map(({ at_ms: atMs }) => atMs)
}

test('processes with different limits share a bot, then all have the lower one: no call is refused', async () => {
  const stage = await createStage({})
  stage.startRenderer()
  const people = await stage.addPeople(await stage.addBot(), 30)
  const wide = stage.startSender({ limitPerSecond: 30 })
  const narrow = stage.startSender({ limitPerSecond: 10 })
  const ids = await stage.accept(notesFor(people, 0, 3))
  await waitUntil(() => stage.emulator.report().ok >= 45)
  await wide.close()

  // Telegram's limit falls in the middle of the load, below what the last second has seen.
  await waitUntil(async () => stage.emulator.report().ok >= 60)
  const untilMs = Date.now() + 1_000
  await waitUntil(() => Date.now() > untilMs)
  stage.emulator.changeSettings({ flood: { bot: { limit: 10 } } })
  ids.push(...(await stage.accept(notesFor(people.slice(0, 10), 3, 5))))
  stage.startSender({ limitPerSecond: 10 })

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(stage.emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0 })
  for (const person of people.slice(0, 10)) expect(stage.textsOf(person)).toEqual(numbers(5))
  await narrow.close()
}, 40_000)

test('a bot that is paused in mid-turn sends nothing more within a second, and goes on in order', async () => {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  stage.emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 200 } })
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 30)
  const ids = await stage.accept(notesFor(people, 0, 4))
  await waitUntil(() => stage.emulator.report().ok >= 30)

  await setStatus(stage, bot, 'paused')
  const pausedAtMs = Date.now()

  await waitUntil(() => Date.now() > pausedAtMs + 2_500)
  expect(Math.max(...callTimesMs(stage))).toBeLessThan(pausedAtMs + 1_000)
  const left = await stage.readMessages(ids)
  expect(left.filter(({ status }) => status !== 'sent' && status !== 'queued')).toEqual([])
  expect(left.filter(({ status }) => status === 'queued').length).toBeGreaterThan(40)
  await setStatus(stage, bot, 'active')
  await stage.wake(bot)
  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  for (const person of people) expect(stage.textsOf(person)).toEqual(numbers(4))
}, 40_000)

test('a token that is revoked and replaced in mid-load loses nothing and tells nobody twice', async () => {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  stage.emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 200 } })
  const [bot, other] = [await stage.addBot(), await stage.addBot()]
  const people = await stage.addPeople(bot, 15)
  const others = await stage.addPeople(other, 15)
  const ids = await stage.accept(notesFor([...people, ...others], 0, 4))
  await waitUntil(() => stage.emulator.report().ok >= 30)

  const { token } = stage.emulator.bots.revoke(bot.telegramId)
  await waitUntil(async () => (await readStatus(stage, bot)) === 'broken')
  await stage.replaceToken(bot, token)
  await stage.wake(bot)

  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(stage.emulator.report()).toMatchObject({ duplicate_count: 0 })
  for (const person of [...people, ...others]) expect(stage.textsOf(person)).toEqual(numbers(4))
}, 40_000)
