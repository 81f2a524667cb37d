import {
  acceptEvents,
  eraseContact,
  finishRendering,
  giveUpSending,
  loadMessagesToRender,
  type MessageToRender,
} from '@postino/database'
import { expect, test } from 'vitest'
import {
  listAttempts,
  accept,
  beginTurn,
  claim,
  claimIds,
  CONTENT,
  createBot,
  createContact,
  findMessage,
  newEvent,
  openTestDatabase,
  queue,
  record,
  RESEND_AFTER_MS,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const ACTOR = { actor: 'test' }

async function setUp() {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const begun = await beginTurn(db, bot, 0)
  return { bot, contact, turn: { ...bot, epoch: begun!.epoch } }
}

async function expectNothingLeft(id: string, recipient: string) {
  const message = await findMessage(db, id)
  expect(message).toMatchObject({ content: null, detail: null, chat_id: null, registration_id: null })
  expect(message.recipient).not.toBe(recipient)
  return message
}

test.each([
  ['sent', 'sent', null],
  ['queued', 'suppressed', 'erased'],
  ['rejected', 'rejected', 'x'],
  ['unknown', 'unknown', 'x'],
  ['failed', 'failed', 'x'],
] as const)(
  'a call under way that ends as %s: %s, and what Telegram said is not kept',
  async (result, status, reason) => {
    const { bot, contact, turn } = await setUp()
    const [id = ''] = await queue(db, bot, [contact])
    expect(await claimIds(db, turn)).toEqual([id])
    expect(await eraseContact(db, bot.shopId, contact.contactId, ACTOR)).toMatchObject({
      status: 'erased',
      messages: 1,
    })
    expect(await findMessage(db, id)).toMatchObject({ status: 'sending', content: null })

    const attempt = { startedAtMs: 1, endedAtMs: 2, outcome: result, description: 'about Ada' }
    const said = { reason: result === 'sent' ? undefined : 'x', detail: 'about Ada', dueInMs: 0, attempt }
    expect(await record(db, turn, { id, status: result, ...said })).toEqual([id])
    const message = await expectNothingLeft(id, contact.recipient)
    expect(message).toMatchObject({ status, reason, due_at: null, ended_at: expect.any(Date) })
    expect(await listAttempts(db, id)).toMatchObject([{ description: null }])
  },
)

test('a call that nobody recorded is given up, and not made again', async () => {
  const { bot, contact, turn } = await setUp()
  const [id = ''] = await queue(db, bot, [contact])
  await claim(db, turn)
  await eraseContact(db, bot.shopId, contact.contactId, ACTOR)
  const next = await beginTurn(db, bot, 0)
  await giveUpSending(db, [{ botId: bot.botId, epoch: next!.epoch }], RESEND_AFTER_MS)
  const message = await expectNothingLeft(id, contact.recipient)
  expect(message).toMatchObject({ status: 'unknown', due_at: null, ended_at: expect.any(Date) })
})

test('while a call of an erased person is under way, the others of the bot get theirs', async () => {
  const { bot, contact, turn } = await setUp()
  await queue(db, bot, [contact])
  await claim(db, turn)
  await eraseContact(db, bot.shopId, contact.contactId, ACTOR)
  const other = await createContact(db, bot)
  const ids = await queue(db, bot, [other])
  expect(await claimIds(db, turn)).toEqual(ids)
})

test('what was loaded to be rendered before the erasure is not queued after it', async () => {
  const { bot, contact } = await setUp()
  const [id = '', late = ''] = await accept(db, bot, [contact, contact])
  const loaded = await loadMessagesToRender(db, [id, late])
  await db.updateTable('messages').set({ recipient: 'somebody else' }).where('id', '=', late).execute()
  await eraseContact(db, bot.shopId, contact.contactId, ACTOR)
  await db.updateTable('messages').set({ recipient: contact.recipient }).where('id', '=', late).execute()
  await finishRendering(
    db,
    loaded.map(({ id: messageId, registration }) => ({
      status: 'queued',
      id: messageId,
      contactId: contact.contactId,
      registrationId: registration!.id,
      botId: registration!.botId,
      chatId: registration!.chatId,
      templateId: '1',
      templateVersion: 1,
      content: CONTENT,
    })),
  )
  for (const each of [id, late]) {
    expect(await findMessage(db, each)).toMatchObject({
      status: 'suppressed',
      reason: 'erased',
      content: null,
      chat_id: null,
    })
  }
})

test('what others are told about an event is rendered anew when its person was erased meanwhile', async () => {
  const { bot, contact } = await setUp()
  const other = await createContact(db, bot)
  const person = { external_id: contact.recipient, name: { first: 'Ada' } }
  const data = { sender: person, recipient: { external_id: other.recipient } }
  const [accepted] = await acceptEvents(db, [newEvent(bot.shopId, [other], { body: { id: 'e', data } })])
  const id = accepted!.status === 'accepted' ? accepted!.messages[0]!.id : ''
  const render = async ([message]: MessageToRender[]) => {
    const { registration, event, revision } = message!
    const content = { ...CONTENT, html: JSON.stringify(event.data) }
    const target = {
      registrationId: registration!.id,
      botId: bot.botId,
      chatId: other.chatId,
      contactId: other.contactId,
    }
    const template = { templateId: '1', templateVersion: 1 }
    await finishRendering(db, [{ status: 'queued', id, revision, content, ...target, ...template }])
  }

  const before = await loadMessagesToRender(db, [id])
  await eraseContact(db, bot.shopId, contact.contactId, ACTOR)
  await render(before)
  expect(await findMessage(db, id)).toMatchObject({ status: 'accepted', content: null })
  await render(await loadMessagesToRender(db, [id]))
  const { status, content } = await findMessage(db, id)
  expect(status).toBe('queued')
  expect(JSON.stringify(content)).not.toContain('Ada')
})

test('what came into the queue all the same loses its text at the claim', async () => {
  const { bot, contact, turn } = await setUp()
  const [id = ''] = await queue(db, bot, [contact])
  await db.updateTable('messages').set({ recipient: 'somebody else' }).where('id', '=', id).execute()
  await eraseContact(db, bot.shopId, contact.contactId, ACTOR)
  expect(await claimIds(db, turn)).toEqual([])
  expect(await findMessage(db, id)).toMatchObject({
    status: 'suppressed',
    reason: 'erased',
    content: null,
    chat_id: null,
  })
})
