import { expect, test } from 'vitest'
import { createFloodWindow, type WindowCall } from './flood-window.ts'
import { moveSavedWindow } from './move-saved-window.ts'

const T = 1_795_000_000_000
const call: WindowCall = { chat: '7', chatKind: 'private', cost: 1 }

test.each([-60_000, 0, 60_000])(
  'on a clock %i ms ahead the window opens and cools after the same time',
  (byMs) => {
    const window = createFloodWindow({ limitPerSecond: 1 })
    window.answered(window.started(call, T), T)
    window.floodedChat('8', T + 90_000)
    const moved = moveSavedWindow(window.save(T + 100), byMs)
    const next = createFloodWindow({ limitPerSecond: 1 }, moved)
    const nowMs = T + byMs + 200
    expect(next.opensInMs(nowMs)).toBe(802)
    expect(next.nextStartMs({ ...call, chat: '8' }, nowMs)).toBe(T + byMs + 90_000)
  },
)

test.each(['', 'garbled', '{}', '[]'])('what is no saved window (%s) still counts as none', (text) => {
  const next = createFloodWindow({ limitPerSecond: 1, lostCallMs: 500 }, moveSavedWindow(text, 1_000))
  expect(next.nextStartMs(call, T)).toBe(T + 1_502)
})

test('by an unknown difference nothing can be read', () => {
  const window = createFloodWindow({ limitPerSecond: 1 })
  expect(moveSavedWindow(window.save(T), Number.NaN)).toBe('')
})
