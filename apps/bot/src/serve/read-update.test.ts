import { expect, test } from 'vitest'
import { readUpdate } from './read-update.ts'

const CHAT = { id: 501, type: 'private', first_name: 'Ada' }
const FROM = { id: 501, is_bot: false, first_name: 'Ada', language_code: 'it' }
const MESSAGE = { message_id: 1, date: 1_795_248_000, chat: CHAT, from: FROM, text: '/start' }

test('an update is passed on whole, with everything we do not know', () => {
  const update = { update_id: 1, message: { ...MESSAGE, effect_id: 'x', entities: [] }, hint: { a: [1] } }
  expect(readUpdate(update)).toEqual({ status: 'read', update })
})

test('kinds of update that nobody here reads pass, whatever they hold', () => {
  for (const content of [null, 7, 'text', [], {}]) {
    expect(readUpdate({ update_id: 1, some_new_kind: content }).status).toBe('read')
  }
})

test.each([
  ['message', 'text'],
  ['message', {}],
  ['message', { ...MESSAGE, date: '2026' }],
  ['message', { ...MESSAGE, date: 1e12 }],
  ['message', { ...MESSAGE, chat: { ...CHAT, id: 1.5 } }],
  ['message', { ...MESSAGE, text: ['/start'] }],
  ['message', { ...MESSAGE, entities: 'bot_command' }],
  ['message', { ...MESSAGE, contact: { user_id: 501 } }],
  ['message', { ...MESSAGE, contact: { phone_number: 390000501 } }],
  ['message', { ...MESSAGE, contact: { phone_number: '+390000501', user_id: '501' } }],
  ['message', { ...MESSAGE, from: { id: '501' } }],
  ['callback_query', { id: '1', data: 'x' }],
  ['callback_query', { id: '1', from: FROM, data: 7 }],
  ['my_chat_member', { chat: CHAT, from: FROM, date: 1_795_248_000 }],
])('%s of a form we do not know is named by its place, never by its content: %j', (kind, content) => {
  const read = readUpdate({ update_id: 9, [kind]: content })
  expect(read).toMatchObject({ status: 'unreadable', updateId: 9 })
  if (read.status === 'unreadable') for (const place of read.places) expect(place).toMatch(kind)
})

test.each([undefined, null, [], 'x', 1, {}, { update_id: '1' }, { update_id: 1.5 }, { update_id: 2 ** 60 }])(
  'no update: %j',
  (value) => {
    expect(readUpdate(value)).toEqual({ status: 'no_update' })
  },
)

test('what Postgres cannot keep is taken out of names', () => {
  const from = { ...FROM, first_name: 'A\0da\ud800' }
  const read = readUpdate({ update_id: 1, message: { ...MESSAGE, from } })
  expect(read).toMatchObject({ update: { message: { from: { first_name: 'Ada\ufffd' } } } })
})
