import { expect, test } from 'vitest'
import { createFloodWindow, type FloodWindow, type WindowCall } from './flood-window.ts'

// A Monday in 2026; any instant will do.
const T = 1_795_000_000_000

const to = (chat: number | string, cost = 1): WindowCall => ({
  chat: String(chat),
  chatKind: 'private',
  cost,
})
const toGroup = (chat: string): WindowCall => ({ chat, chatKind: 'group', cost: 1 })

/** Starts and answers one call at once. */
function send(window: FloodWindow, call: WindowCall, atMs: number): void {
  window.answered(window.started(call, atMs), atMs)
}

test('the bot waits for the answer that makes room, however late it comes', () => {
  const window = createFloodWindow({ limitPerSecond: 3 })
  const tokens = [0, 400, 800].map((afterMs) => window.started(to(afterMs), T + afterMs))
  const [first] = tokens
  expect(window.nextStartMs(to('next'), T + 5_000)).toBe(Infinity)
  expect(window.opensInMs(T + 5_000)).toBe(Infinity)
  if (first !== undefined) window.answered(first, T + 7_000)
  expect(window.nextStartMs(to('next'), T + 7_000)).toBe(T + 8_002)
  expect(window.opensInMs(T + 7_000)).toBe(1_002)
})

test('calls go out at an even pace, and a late timer is made up for', () => {
  const window = createFloodWindow({ limitPerSecond: 10 })
  send(window, to(0), T)
  // A fresh window lets a few go early, since nothing was sent before.
  let nowMs = T
  const starts = Array.from({ length: 6 }, (_, index) => {
    nowMs = window.nextStartMs(to(index + 1), nowMs)
    send(window, to(index + 1), nowMs)
    return nowMs - T
  })
  expect(starts).toEqual([0, 0, 100, 200, 300, 400])
  // Fifty milliseconds late: the next one keeps its place.
  send(window, to('late'), T + 550)
  expect(window.nextStartMs(to('next'), T + 550)).toBe(T + 600)
})

test('a chat takes its burst and then one a second, counted from the answers', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  const tokens = [0, 1, 2].map((index) => window.started(to(7), T + index * 40))
  expect(window.nextStartMs(to(7), T + 200)).toBe(Infinity)
  expect(window.nextStartMs(to(8), T + 200)).toBe(T + 200)
  for (const token of tokens) window.answered(token, T + 300)
  expect(window.nextStartMs(to(7), T + 300)).toBe(T + 1_302)
  expect(window.busyChats(T + 1_301)).toEqual(['7'])
  expect(window.busyChats(T + 1_302)).toEqual([])
  expect(window.nextChatInMs(T + 300)).toBe(1_002)
  expect(window.nextChatInMs(T + 2_000)).toBeUndefined()
})

test('a group takes twenty in a minute', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  let nowMs = T
  for (let sent = 0; sent < 20; sent += 1) {
    nowMs = window.nextStartMs(toGroup('-100'), nowMs)
    send(window, toGroup('-100'), nowMs)
  }
  expect(nowMs).toBeLessThan(T + 20_000)
  expect(window.nextStartMs(toGroup('-100'), nowMs)).toBe(T + 60_002)
})

test('an album counts its items, and passes even when it is dearer than the limits', () => {
  const window = createFloodWindow({ limitPerSecond: 5 })
  const album = window.started(to(7, 10), T)
  window.answered(album, T)
  expect(window.nextStartMs(to(8), T)).toBe(T + 1_002)
  // Ten items against a burst of three at one a second.
  expect(window.nextStartMs(to(7), T)).toBe(T + 8_002)
  send(window, to(9), T + 1_002)
  const nextAlbumMs = window.nextStartMs(to(10, 10), T + 1_002)
  expect(nextAlbumMs).toBe(T + 2_004)
})

test('an answer counts once', () => {
  const window = createFloodWindow({ limitPerSecond: 1 })
  const token = window.started(to(1), T)
  window.answered(token, T + 10)
  window.answered(token, T + 900)
  expect(window.nextStartMs(to(2), T + 900)).toBe(T + 1_012)
})

test('paid broadcast uses a thousand a second', () => {
  const window = createFloodWindow({ limitPerSecond: 1_000 })
  for (let sent = 0; sent < 1_000; sent += 1) send(window, to(sent), T + sent)
  expect(window.nextStartMs(to('next'), T + 1_000)).toBe(T + 1_002)
  expect(window.nextStartMs(to('next'), T + 1_002)).toBe(T + 1_002)
})

test('capacity is what the pace and the window leave until then', () => {
  const window = createFloodWindow({ limitPerSecond: 20 })
  expect(window.capacity(T, 250)).toBe(8)
  for (let sent = 0; sent < 18; sent += 1) send(window, to(sent), T + sent * 50)
  expect(window.capacity(T + 900, 50)).toBe(2)
  expect(window.capacity(T + 900, 150)).toBe(3)
  window.floodedBot(T + 60_000)
  expect(window.capacity(T + 900, 150)).toBe(0)
})

test('a cooling chat is skipped, a cooling bot is silent, and neither is shortened by a shorter wait', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  window.floodedChat('7', T + 86_400_000)
  window.floodedChat('7', T + 1_000)
  expect(window.nextStartMs(to(7), T)).toBe(T + 86_400_000)
  expect(window.nextStartMs(to(8), T)).toBe(T)
  expect(window.busyChats(T + 50)).toEqual(['7'])
  window.floodedBot(T + 35_000)
  window.floodedBot(T + 2_000)
  expect(window.nextStartMs(to(8), T)).toBe(T + 35_000)
  expect(window.opensInMs(T)).toBe(35_000)
})

test('a 429 means the chat when the chat got more than this message, else the bot', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  for (let sent = 0; sent < 3; sent += 1) send(window, to(7), T + sent * 70)
  expect(window.flooded('7', T + 5_000, T + 300)).toBe('chat')
  expect(window.nextStartMs(to(8), T + 300)).toBe(T + 300)

  send(window, to(8), T + 10_000)
  expect(window.flooded('8', T + 15_000, T + 10_050)).toBe('bot')
  expect(window.nextStartMs(to(9), T + 10_050)).toBe(T + 15_000)
})

test('a chat that was refused a while ago answers for its next refusal itself', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  window.floodedChat('7', T + 5_000)
  send(window, to(7), T + 9_000)
  expect(window.flooded('7', T + 20_000, T + 9_050)).toBe('chat')
})

test('a chat that was refused gets one message after the wait, and then one a second: no burst', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  window.floodedChat('7', T + 5_000)
  const next = createFloodWindow({ limitPerSecond: 30 }, window.save(T + 1_000))
  // As Postgres knows it, turn after turn.
  next.floodedChat('7', T + 5_000)
  expect(next.nextStartMs(to(7), T + 5_000)).toBe(T + 5_000)
  send(next, to(7), T + 5_000)
  expect(next.nextStartMs(to(7), T + 5_000)).toBe(T + 6_002)
})

test('a second chat refused on the heels of the first means the bot', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  for (const chat of [7, 8]) for (let sent = 0; sent < 2; sent += 1) send(window, to(chat), T)
  expect(window.flooded('7', T + 1_000, T + 100)).toBe('chat')
  expect(window.flooded('8', T + 1_000, T + 200)).toBe('bot')
})

test('a refused bot goes on more slowly, and the next owner knows', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  for (let sent = 0; sent < 30; sent += 1) send(window, to(sent), T + sent * 33)
  expect(window.flooded('29', T + 2_000, T + 1_000)).toBe('bot')
  expect(window.flooded('28', T + 2_000, T + 1_010)).toBe('bot')
  expect(window.limitPerSecond(T + 1_010)).toBe(24)
  expect(window.limitPerSecond(T + 61_999)).toBe(24)
  expect(window.limitPerSecond(T + 62_000)).toBeCloseTo(26)

  const next = createFloodWindow({ limitPerSecond: 1_000 }, window.save(T + 62_000))
  expect(next.limitPerSecond(T + 62_000)).toBeCloseTo(866.7, 1)
  expect(next.limitPerSecond(T + 122_000)).toBeCloseTo(911.1, 1)
  expect(window.limitPerSecond(T + 3_600_000)).toBe(30)
})

test('a 429 of a bot that hardly sent anything does not lower its limit', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  send(window, to(1), T)
  expect(window.flooded('1', T + 5_000, T + 50)).toBe('bot')
  expect(window.limitPerSecond(T + 50)).toBe(30)
})

test('the next owner goes on where the last one stopped', () => {
  const window = createFloodWindow({ limitPerSecond: 2 })
  send(window, to(1), T)
  send(window, toGroup('-5'), T + 500)
  window.floodedChat('9', T + 90_000)
  const next = createFloodWindow({ limitPerSecond: 2 }, window.save(T + 600))
  expect(next.nextStartMs(to(2), T + 600)).toBe(T + 1_002)
  expect(next.nextStartMs(to(9), T + 600)).toBe(T + 90_000)
  expect(next.save(T + 600)).toBe(window.save(T + 600))
})

test('calls still under way when the state is saved may arrive after it', () => {
  const window = createFloodWindow({ limitPerSecond: 1, lostCallMs: 3_000 })
  window.started(to(1), T)
  const next = createFloodWindow({ limitPerSecond: 1, lostCallMs: 3_000 }, window.save(T + 100))
  expect(next.nextStartMs(to(2), T + 100)).toBe(T + 100 + 3_000 + 1_002)
})

test('after a crash everything counts as full: the bot for a second, its groups for a minute', () => {
  const window = createFloodWindow({ limitPerSecond: 30, lostCallMs: 500 })
  window.assumeFull(T)
  expect(window.nextStartMs(to(1), T)).toBe(T + 1_502)
  expect(window.nextStartMs(toGroup('-5'), T)).toBe(T + 60_502)
  const next = createFloodWindow({ limitPerSecond: 30, lostCallMs: 500 }, window.save(T + 2_000))
  expect(next.nextStartMs(toGroup('-6'), T + 2_000)).toBe(T + 60_502)
  expect(next.nextStartMs(to(2), T + 70_000)).toBe(T + 70_000)
})

test.for([
  '',
  '{',
  '[]',
  'null',
  '[1,"x"]',
  '[2]',
  '[2,1795000000000,"",[1,1,1,0,null],null,null,null,[1],[]]',
  '[2,1795000000000,"",[1],null,null,null,[],[]]',
])('an unreadable state (%s) means the same as a crash', (saved) => {
  const window = createFloodWindow({ limitPerSecond: 30, lostCallMs: 500 }, saved)
  expect(window.nextStartMs(to(1), T)).toBe(T + 1_502)
})

test('what no longer matters is not saved', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  for (let sent = 0; sent < 300; sent += 1) send(window, to(sent), T + sent * 34)
  const busy = window.save(T + 10_200)
  expect(busy.length).toBeLessThan(4_000)
  const idle = createFloodWindow({ limitPerSecond: 30 }, window.save(T + 80_000))
  expect(idle.size()).toBe(0)
  expect(window.save(T + 80_000).length).toBeLessThan(100)
})

test('memory follows the traffic of the last seconds, not the number of chats', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  for (let sent = 0; sent < 20_000; sent += 1) send(window, to(sent), T + sent * 34)
  expect(window.size()).toBeLessThan(300)
})

test('a clock set back neither opens the window nor closes it for long', () => {
  const window = createFloodWindow({ limitPerSecond: 1 })
  send(window, to(1), T)
  expect(window.nextStartMs(to(2), T - 3_600_000)).toBe(T - 3_600_000 + 1_002)
  const next = createFloodWindow({ limitPerSecond: 1 }, window.save(T - 3_600_000))
  expect(next.nextStartMs(to(2), T - 3_600_000)).toBe(T - 3_600_000 + 1_002)
  expect(next.nextStartMs(to(2), T - 3_600_000 + 1_002)).toBe(T - 3_600_000 + 1_002)
})

test('another clock is distrusted by the difference it may have', () => {
  const window = createFloodWindow({ limitPerSecond: 1, clockId: 'a' })
  send(window, to(1), T)
  const saved = window.save(T + 100)
  const same = createFloodWindow({ limitPerSecond: 1, clockId: 'a' }, saved)
  const other = createFloodWindow({ limitPerSecond: 1, clockId: 'b', clockSkewMs: 50 }, saved)
  expect(same.nextStartMs(to(2), T + 500)).toBe(T + 1_002)
  expect(other.nextStartMs(to(2), T + 500)).toBe(T + 1_052)
  // Telegram's wish is a time of day, not an age: it holds as it is.
  other.floodedBot(T + 9_000)
  expect(other.nextStartMs(to(2), T + 500)).toBe(T + 9_000)
})

test('what somebody else sends is left free, from the next start on', () => {
  const window = createFloodWindow({ limitPerSecond: 30 })
  const startsIn = (fromMs: number, untilMs: number): number => {
    let starts = 0
    for (let nowMs = fromMs; nowMs < untilMs; nowMs++) {
      if (window.nextStartMs(to(nowMs), nowMs) > nowMs) continue
      send(window, to(nowMs), nowMs)
      starts += 1
    }
    return starts
  }
  startsIn(T, T + 1_000)
  window.leaveFree(5)
  startsIn(T + 1_000, T + 2_000)
  expect(startsIn(T + 2_000, T + 3_000)).toBeLessThanOrEqual(25)
  window.leaveFree(0)
  startsIn(T + 3_000, T + 4_000)
  expect(startsIn(T + 4_000, T + 5_000)).toBeGreaterThanOrEqual(29)
})

test('one a second remains, however much is left free', () => {
  const window = createFloodWindow({ limitPerSecond: 3 })
  window.leaveFree(5)
  send(window, to(1), T)
  expect(window.nextStartMs(to(2), T + 10)).toBeLessThanOrEqual(T + 1_002)
})
