import { expect, test } from 'vitest'
import { createModel, type Model } from './browser/model.ts'
import { createReadMarks } from './browser/read-marks.ts'
import type { Chat, Message } from './browser/shapes.ts'
import { applyEvent, type LiveEvent } from './browser/updates.ts'
import { countArrival } from './browser/unread.ts'

const CHAT = '7:501'

function message(key: number, more: Partial<Message> = {}): Message {
  return {
    key,
    chat: CHAT,
    date: 1_795_000_000,
    from: { id: 7, is_bot: true, name: 'Shop' },
    text: `m${key}`,
    ...more,
  }
}

function chatWith(last: Message | null): Chat {
  return {
    chat: CHAT,
    kind: 'private',
    title: 'Shop',
    bot_id: 7,
    person_id: 501,
    keyboard: null,
    last_message: last,
  }
}

function modelWith(messages: Message[]): Model {
  const model = createModel()
  model.chats.set(501, new Map([[CHAT, chatWith(messages.at(-1) ?? null)]]))
  model.threads.set(CHAT, { messages, hasMore: false })
  return model
}

function texts(model: Model): (string | undefined)[] {
  return model.threads.get(CHAT)?.messages.map(({ text }) => text) ?? []
}

function lastText(model: Model): string | undefined {
  return model.chats.get(501)?.get(CHAT)?.last_message?.text
}

function receive(model: Model, live: LiveEvent): void {
  if (live.event === 'message') countArrival(model, live.chat, live.message)
  applyEvent(model, live, 0)
}

test('messages keep their order and their number, however often and in whatever order they come', () => {
  const model = modelWith([message(1)])
  for (const key of [3, 2, 3, 1, 2]) receive(model, { event: 'message', chat: CHAT, message: message(key) })
  expect(texts(model)).toEqual(['m1', 'm2', 'm3'])
  expect(lastText(model)).toBe('m3')
})

test('an arrival counts as unread once, and what one says oneself does not', () => {
  const model = modelWith([message(1)])
  const own = message(3, { from: { id: 501, is_bot: false, name: 'Ada' } })
  for (const arrival of [message(2), message(2), own])
    receive(model, { event: 'message', chat: CHAT, message: arrival })
  expect(model.unread.get(501)?.get(CHAT)).toBe(1)
})

test('an edit and a deletion change the chat and what the list says of it', () => {
  const model = modelWith([message(1), message(2)])
  receive(model, { event: 'edited', chat: CHAT, message: message(2, { text: 'new' }) })
  expect([texts(model), lastText(model)]).toEqual([['m1', 'new'], 'new'])
  receive(model, { event: 'deleted', chat: CHAT, key: 2 })
  expect([texts(model), lastText(model)]).toEqual([['m1'], 'm1'])
})

test('a group is on the phones of its members, and leaves with them', () => {
  const model = modelWith([])
  model.chats.set(502, new Map())
  const members = [501, 502].map((id) => ({ id, is_bot: false, name: 'x', status: 'member' }))
  const group: Chat = { chat: '-4', kind: 'group', title: 'G', members, keyboard: null, last_message: null }
  receive(model, { event: 'chat', chat: group })
  expect([model.chats.get(501)?.has('-4'), model.chats.get(502)?.has('-4')]).toEqual([true, true])
  receive(model, { event: 'chat', chat: { ...group, members: members.slice(0, 1) } })
  expect([model.chats.get(501)?.has('-4'), model.chats.get(502)?.has('-4')]).toEqual([true, false])
})

test('read marks survive a reload, and a broken memory is taken for none', () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  }
  createReadMarks(storage).set(501, CHAT, 12)
  expect(createReadMarks(storage).get(501, CHAT)).toBe(12)
  for (const broken of ['{', 'null', '[]', '{"501 7:501":"x"}']) {
    items.set([...items.keys()][0] ?? '', broken)
    expect(createReadMarks(storage).get(501, CHAT)).toBe(0)
  }
})
