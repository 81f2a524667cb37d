import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { listAttempts } from './database-under-test.ts'
import { createStage, type TestBot } from './pipeline-under-test.ts'

const FROZEN_MS = 15_000
/** A lock lasts ten seconds and is looked for every second; after it the flood window is taken for full. */
const SERVED_AGAIN_WITHIN_MS = 15_000
const PER_PERSON = 6
const BOTS = 8

test('one sender is frozen for 15 s and one killed, in mid-load: the third serves their bots within 15 s, and nobody is told twice', async () => {
  const stage = await createStage()
  const { emulator, database } = stage
  stage.startRenderer()
  // So many that each sender surely has some.
  const bots = await Promise.all(Array.from({ length: BOTS }, () => stage.addBot()))
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 40)))).flat()
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 50, max_ms: 200 } })
  const [frozen, killed] = await Promise.all([0, 1, 2].map(() => stage.startProcess('sender')))
  // Lane 1: what is in doubt is not sent once more.
  const notes = Array.from({ length: PER_PERSON }, (_, index) =>
    people.map((to) => ({ to, lane: 1 as const, text: `#${index}` })),
  ).flat()
  const ids = await stage.accept(notes)
  await waitUntil(() => [frozen, killed].every((sender) => sender!.lines().length > 60), {
    timeoutMs: 20_000,
  })

  frozen!.kill('SIGSTOP')
  killed!.kill('SIGKILL')
  const goneAtMs = Date.now()
  const gapsMs = await Promise.all(bots.map(waitUntilServed))
  console.log(`served again after ${gapsMs.map((gapMs) => `${(gapMs / 1_000).toFixed(1)} s`).join(', ')}`)
  await waitUntil(() => Date.now() > goneAtMs + FROZEN_MS)
  const epochs = await readEpochs()
  const thawedAtMs = Date.now()
  frozen!.kill('SIGCONT')

  const messages = await stage.waitForEnd(ids, { timeoutMs: 40_000 })
  const unknown = messages.filter(({ status }) => status === 'unknown')
  console.log(`in doubt: ${unknown.length} of ${messages.length}`)
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'unknown')).toEqual([])
  // A claim's worth and the calls under way, of the bots the killed one served.
  expect(unknown.length).toBeLessThanOrEqual(20 * bots.length)
  expect(Math.max(...gapsMs)).toBeLessThanOrEqual(SERVED_AGAIN_WITHIN_MS)
  expect(emulator.report()).toMatchObject({ duplicate_count: 0 })
  const late = (await listAttempts(database)).filter(({ startedAt }) => startedAt.getTime() >= thawedAtMs)
  expect(late.filter(({ botId, epoch }) => BigInt(epoch) < epochs.get(String(botId))!)).toEqual([])
  // What the frozen one had claimed and, awake again, knew not to be called for is sent after all: outside the order.
  const again = messages.filter(({ resends }) => resends > 0)
  const doubtful = new Set([...unknown, ...again].map(({ id }) => notes[ids.indexOf(id)]!))
  for (const person of people) {
    const own = notes.filter((note) => note.to === person && !doubtful.has(note)).map(({ text }) => text)
    expect(stage.textsOf(person).filter((text) => own.includes(text))).toEqual(own)
  }

  /** How long until Telegram heard of this bot again; calls under way at the time do not count. */
  async function waitUntilServed({ telegramId }: TestBot): Promise<number> {
    const call = await waitUntil(
      () =>
        emulator
          .requests({ limit: 10_000 })
          .requests.find(({ bot_id: botId, at_ms: atMs }) => botId === telegramId && atMs > goneAtMs + 300),
      { timeoutMs: 25_000 },
    )
    return call.at_ms - goneAtMs
  }

  async function readEpochs(): Promise<Map<string, bigint>> {
    const rows = await database.selectFrom('bots').select(['id', 'epoch']).execute()
    return new Map(rows.map(({ id, epoch }) => [id, BigInt(epoch)]))
  }
}, 90_000)
