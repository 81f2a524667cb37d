import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { createOutbox, REPLY_PACE } from './outbox.ts'

interface Said {
  chatId: number
  name: string
  atMs: number
}

/** An outbox whose calls are noted; `tookMs` is how long each of them takes. */
function createScene({ tookMs = 0, failures = [] }: { tookMs?: number; failures?: number[] } = {}) {
  const clock = createManualClock()
  const startMs = clock.nowMs()
  const said: Said[] = []
  let overflows = 0
  const outbox = createOutbox({
    clock,
    pace: REPLY_PACE,
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

test('what is said to one chat keeps its order and goes out one a second after a burst of three', async () => {
  const { clock, said, say, names } = createScene()
  for (const name of ['a', 'b', 'c', 'd', 'e']) say(1, name)
  await clock.pass(10_000)
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'e'])
  for (let last = 3; last < said.length; last++) {
    expect(said[last]!.atMs - said[last - 3]!.atMs).toBeGreaterThanOrEqual(1_000)
  }
})

test('of many edits of one message only the last that waits is made', async () => {
  const { clock, said, say } = createScene()
  for (let tap = 0; tap < 500; tap++) {
    say(1, 'screen 7')
    await clock.pass(10)
  }
  await clock.pass(5_000)
  // Five seconds of tapping: a burst of three, and then one a second.
  expect(said.length).toBeLessThanOrEqual(9)
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
  expect(saidByThen).toBeGreaterThanOrEqual(5)
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
