import type { ReplySlot } from '@postino/database'
import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { createOutbox } from './outbox.ts'
import { REPLY_PACE } from './reply-pace.ts'

interface Said {
  chatId: number
  name: string
  atMs: number
}

interface SceneChange {
  /** How long each call takes. */
  tookMs?: number
  /** Of the first calls: in how many milliseconds they are worth another try. */
  failures?: number[]
  /** What is answered to those who ask for a slot; then each may speak at once. */
  slots?: ReplySlot[]
}

/** An outbox whose calls are noted. */
function createScene({ tookMs = 0, failures = [], slots = [] }: SceneChange = {}) {
  const clock = createManualClock()
  const startMs = clock.nowMs()
  const said: Said[] = []
  let overflows = 0
  const outbox = createOutbox({
    clock,
    pace: REPLY_PACE,
    takeSlot: async () => slots.shift() ?? { status: 'taken', inMs: 0 },
    onFailure: () => failures.shift(),
    onOverflow: () => overflows++,
  })
  const say = (chatId: number, name: string) =>
    outbox.say({
      chatId,
      name,
      async call() {
        said.push({ chatId, name, atMs: clock.nowMs() - startMs })
        if (failures.length > 0) throw new Error('refused')
        if (tookMs > 0) await new Promise<void>((resolve) => clock.after(tookMs, resolve))
      },
    })
  return { clock, outbox, said, say, overflows: () => overflows, names: () => said.map(({ name }) => name) }
}

test('what is said to one chat keeps its order and goes out one a second after a burst of two', async () => {
  const { clock, said, say, names } = createScene()
  for (const name of ['a', 'b', 'c', 'd', 'e']) say(1, name)
  await clock.pass(10_000)
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'e'])
  for (let last = 2; last < said.length; last++) {
    expect(said[last]!.atMs - said[last - 2]!.atMs).toBeGreaterThanOrEqual(1_000)
  }
})

test('of many edits of one message only the last that waits is made', async () => {
  const { clock, said, say } = createScene()
  for (let tap = 0; tap < 500; tap++) {
    say(1, 'screen 7')
    await clock.pass(10)
  }
  await clock.pass(5_000)
  // Five seconds of tapping: a burst of two, and then one a second.
  expect(said.length).toBeLessThanOrEqual(8)
  expect(said.at(-1)!.atMs).toBeGreaterThanOrEqual(4_990)
})

test('the younger one of a name is the one that is said, and in its own place', async () => {
  const { clock, outbox, say, names } = createScene({ tookMs: 50 })
  say(1, 'first')
  say(1, 'help')
  say(1, 'stop')
  let isYounger = false
  outbox.say({ chatId: 1, name: 'help', call: async () => void (isYounger = true) })
  await clock.pass(10_000)
  expect({ names: names(), isYounger }).toEqual({ names: ['first', 'stop'], isYounger: true })
})

test('chats take turns, and all of them together stay below what Telegram takes of a bot', async () => {
  const { clock, said, say } = createScene({ tookMs: 30 })
  for (let chatId = 1; chatId <= 100; chatId++) for (const name of ['a', 'b']) say(chatId, name)
  await clock.pass(20_000)
  expect(said).toHaveLength(200)
  expect(new Set(said.slice(0, 100).map(({ chatId }) => chatId)).size).toBe(100)
  for (const { atMs } of said) {
    const inSecond = said.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1_000)
    expect(inSecond.length).toBeLessThanOrEqual(30)
  }
})

test('one slow answer holds up its own chat only', async () => {
  const { clock, outbox, say, names } = createScene()
  outbox.say({ chatId: 1, name: 'slow', call: () => new Promise(() => undefined) })
  say(1, 'behind it')
  say(2, 'beside it')
  await clock.pass(5_000)
  expect(names()).toEqual(['beside it'])
})

test('what Telegram surely did not take is said again, after its wait and in its place', async () => {
  const { clock, said, say } = createScene({ failures: [7_000] })
  say(1, 'a')
  say(1, 'b')
  await clock.pass(20_000)
  expect(said.map(({ name }) => name)).toEqual(['a', 'a', 'b'])
  expect(said[1]!.atMs).toBeGreaterThanOrEqual(7_000)
})

test('a wait longer than anybody’s patience ends it', async () => {
  const { clock, say, names } = createScene({ failures: [120_000] })
  say(1, 'a')
  await clock.pass(300_000)
  expect(names()).toEqual(['a'])
})

test('a bot that Telegram wants silent says nothing until then', async () => {
  const { clock, outbox, said, say } = createScene()
  outbox.pause(8_000)
  say(1, 'a')
  say(2, 'b')
  await clock.pass(20_000)
  expect(said).toHaveLength(2)
  for (const { atMs } of said) expect(atMs).toBeGreaterThanOrEqual(8_000)
})

test('what waits is bounded, and answers to buttons too', async () => {
  const { clock, outbox, said, say, overflows } = createScene()
  outbox.pause(10_000)
  for (let chatId = 1; chatId <= 2_100; chatId++) say(chatId, 'a')
  expect(overflows()).toBe(100)
  for (let call = 0; call < 1_001; call++) outbox.answer(() => new Promise(() => undefined))
  expect(overflows()).toBe(101)
  await clock.pass(200_000)
  expect(said).toHaveLength(2_000)
})

test('closing says what waits, but not for longer than three seconds, and takes nothing more', async () => {
  const { clock, outbox, say, names } = createScene()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) say(1, name)
  const closed = outbox.close()
  say(1, 'too late')
  await clock.pass(3_000)
  await closed
  const saidByThen = names().length
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].slice(0, saidByThen))
  expect(saidByThen).toBeGreaterThanOrEqual(4)
  await clock.pass(10_000)
  expect(names()).toHaveLength(saidByThen)
})

test('closing with nothing to say is immediate', async () => {
  const { clock, outbox, say } = createScene()
  say(1, 'a')
  await clock.pass(0)
  await outbox.close()
  expect(clock.nowMs()).toBe(createManualClock().nowMs())
})

test('what is said leaves when its slot comes, and no second slot is asked for meanwhile', async () => {
  const slots: ReplySlot[] = [
    { status: 'taken', inMs: 1_300 },
    { status: 'taken', inMs: 250 },
  ]
  const { clock, said, say } = createScene({ slots })
  say(1, 'a')
  say(2, 'b')
  await clock.pass(1_299)
  expect({ said, left: slots.length }).toEqual({ said: [], left: 1 })
  await clock.pass(1_000)
  expect(said.map(({ name, atMs }) => [name, atMs])).toEqual([
    ['a', 1_300],
    ['b', 1_550],
  ])
})

test('a chat that cools waits alone; a bot that cools is silent', async () => {
  const slots: ReplySlot[] = [
    { status: 'cooling', scope: 'chat', leftMs: 4_000 },
    { status: 'cooling', scope: 'bot', leftMs: 2_000 },
  ]
  const { clock, said, say } = createScene({ slots })
  say(1, 'a')
  say(2, 'b')
  await clock.pass(10_000)
  expect(said.map(({ name, atMs }) => [name, atMs])).toEqual([
    ['b', 2_000],
    ['a', 4_000],
  ])
})

test('a silence that begins while a slot is awaited is kept', async () => {
  const { clock, outbox, said, say } = createScene({ slots: [{ status: 'taken', inMs: 1_000 }] })
  say(1, 'a')
  await clock.pass(500)
  outbox.pause(3_000)
  await clock.pass(10_000)
  expect(said.map(({ atMs }) => atMs)).toEqual([3_500])
})
