import { expect, test } from 'vitest'
import { templateContentSchema } from './content.ts'

const FILE = { url: '{{ file.url }}' }
const LINK = { text: 'Apri', url: 'https://shop.example' }
const ACTION = { text: 'Ritiro', action: 'confirm_pickup' }

function problemsOf(content: object): string[] | undefined {
  const { error } = templateContentSchema.safeParse({ text: 'x', ...content })
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('a template takes one file beside buttons that act, and several beside links', () => {
  expect(problemsOf({ media: [FILE], buttons: [[LINK, ACTION]] })).toBeUndefined()
  expect(problemsOf({ media: [FILE, FILE], buttons: [[LINK]] })).toBeUndefined()
  expect(problemsOf({ media: [FILE, FILE], buttons: [[LINK], [LINK, ACTION]] })).toEqual([
    'buttons: a message with a button that acts or copies takes one file: Telegram shows no buttons under several',
  ])
  const copy = { text: 'Copia', copy: '{{ order.number }}' }
  expect(problemsOf({ media: [FILE], buttons: [[copy]] })).toBeUndefined()
  expect(problemsOf({ media: [FILE, FILE], buttons: [[copy]] })).toHaveLength(1)
})

test('rules are words of their lists, and a text lives a minute to thirty days', () => {
  const rules = { quiet_hours: 'wait', collapse: 'all', expires_after_seconds: 3600, preview: 'News' }
  expect(problemsOf(rules)).toBeUndefined()
  for (const bad of [
    { quiet_hours: 'later' },
    { collapse: true },
    { expires_after_seconds: 59 },
    { expires_after_seconds: 30 * 86_400 + 1 },
    { expires_after_seconds: 90.5 },
    { preview: '' },
  ])
    expect(problemsOf(bad)).toHaveLength(1)
})

test('what is not said of a file is found out, and a file without an address says what it is', () => {
  const { media } = templateContentSchema.parse({ text: 'x', media: [FILE] })
  expect(media).toEqual([{ type: 'auto', url: '{{ file.url }}' }])
  expect(problemsOf({ media: [{ type: 'photo', file_id: 'AgAC' }] })).toBeUndefined()
  expect(problemsOf({ media: [{ type: 'auto', file_id: 'AgAC' }] })).toBeDefined()
  expect(problemsOf({ media: [{ ...FILE, file_id: 'AgAC', type: 'photo' }] })).toBeDefined()
  expect(problemsOf({ media: Array.from({ length: 11 }, () => FILE) })).toBeDefined()
})
