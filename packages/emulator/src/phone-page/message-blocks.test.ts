import { expect, test } from 'vitest'
import { messageBlocks } from './browser/message-blocks.ts'
import type { Message } from './browser/shapes.ts'

const NOON = Date.UTC(2026, 10, 21, 12) / 1000

function message(key: number, more: Partial<Message> = {}): Message {
  return {
    key,
    chat: '7:501',
    date: NOON + key,
    from: { id: 7, is_bot: true, name: 'Shop' },
    text: 'x',
    ...more,
  }
}

const ada = { id: 501, is_bot: false, name: 'Ada' }

test('bubbles of one sender make a run, and a pause, another sender or a grey line begins a new one', () => {
  const blocks = messageBlocks(
    [
      message(1),
      message(2),
      message(3, { from: ada }),
      message(4, { service: { kind: 'member_joined', text: 'Ada added Shop' } }),
      message(5, { from: ada }),
      message(6, { from: ada, date: NOON + 1000 }),
    ],
    501,
  )
  const shape = blocks.map((block) =>
    block.kind === 'bubble'
      ? `${block.isOwn ? 'own' : 'other'} ${block.isFirst} ${block.isLast}`
      : block.kind,
  )
  expect(shape).toEqual([
    'day',
    'other true false',
    'other false true',
    'own true true',
    'service',
    'own true true',
    'own true true',
  ])
})

test('the items of an album share one bubble', () => {
  const item = (key: number, group: string): Message => message(key, { media_group_id: group })
  const blocks = messageBlocks([item(1, 'a'), item(2, 'a'), item(3, 'b'), message(4)], 501)
  expect(blocks.map((block) => (block.kind === 'bubble' ? block.messages.length : block.kind))).toEqual([
    'day',
    2,
    1,
    1,
  ])
})

test('each day begins with its date, once', () => {
  const days = messageBlocks([message(1), message(2), message(90_000), message(180_000)], 501)
  expect(days.filter(({ kind }) => kind === 'day')).toHaveLength(3)
  expect(new Set(days.map(({ id }) => id)).size).toBe(days.length)
})
