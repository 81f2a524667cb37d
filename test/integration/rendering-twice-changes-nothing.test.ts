import {
  finishRendering,
  loadMessagesToRender,
  loadShopsToRender,
  type RenderOutcome,
} from '@postino/database'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  addBot,
  claim,
  claimIds,
  CONTENT,
  createBot,
  createContact,
  createContacts,
  findMessage,
  listStatuses,
  openDatabase,
  openTestDatabase,
  render,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

function queuedOutcome(bot: TestBot, contact: TestContact, id: string, html = CONTENT.html): RenderOutcome {
  const { contactId, registrationId, chatId } = contact
  const template = { templateId: '7', templateVersion: 3 }
  const content = { ...CONTENT, html }
  return { status: 'queued', id, contactId, registrationId, botId: bot.botId, chatId, ...template, content }
}

test('a job that runs again finds nothing to do and changes nothing', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const ids = await accept(db, bot, [contact, contact, contact])
  const [first = '', second = '', third = ''] = ids
  const outcomes: RenderOutcome[] = [
    queuedOutcome(bot, contact, first),
    { status: 'suppressed', id: second, reason: 'no_consent' },
    { status: 'failed', id: third, reason: 'template_failed', detail: 'line 3' },
  ]
  expect((await finishRendering(db, outcomes)).bots).toEqual([bot])
  const before = await Promise.all(ids.map((id) => findMessage(db, id)))
  expect(before.map(({ status }) => status)).toEqual(['queued', 'suppressed', 'failed'])
  expect(await loadMessagesToRender(db, ids)).toEqual([])

  const again = outcomes.map(({ id }) => queuedOutcome(bot, contact, id, 'another text'))
  expect((await finishRendering(db, again)).bots).toEqual([])
  expect(await Promise.all(ids.map((id) => findMessage(db, id)))).toEqual(before)
})

test('renderers that share messages move each of them once and never wait in a ring', async () => {
  const bot = await createBot(db)
  const contacts = await createContacts(db, bot, 5)
  const recipients = Array.from({ length: 100 }, (_, index) => contacts[index % 5]!)
  const ids = await accept(db, bot, recipients)
  const pools = [openDatabase(url, 4), openDatabase(url, 4)]
  await Promise.all(
    Array.from({ length: 8 }, (_, renderer) => {
      const outcomes = ids.map((id, index) => queuedOutcome(bot, recipients[index]!, id, `by ${renderer}`))
      const mine = outcomes.filter((_outcome, index) => index % 8 !== renderer)
      return finishRendering(pools[renderer % 2]!, renderer % 3 === 0 ? mine.toReversed() : mine)
    }),
  )
  const messages = await Promise.all(ids.map((id) => findMessage(db, id)))
  expect(new Set(messages.map(({ status }) => status))).toEqual(new Set(['queued']))
  const { epoch } = (await beginTurn(db, bot, 0))!
  const claimed = await claimIds(db, { ...bot, epoch })
  expect(claimed).toHaveLength(5)
})

test('what went on meanwhile is not taken back', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [id = ''] = await accept(db, bot, [contact])
  await render(db, [id])
  const { epoch } = (await beginTurn(db, bot, 0))!
  expect(await claim(db, { ...bot, epoch })).toMatchObject([{ id, status: 'sending' }])
  await finishRendering(db, [queuedOutcome(bot, contact, id)])
  expect(await listStatuses(db, [id])).toEqual(['sending'])
})

test('every bot that got something is named once', async () => {
  const bot = await createBot(db)
  const other = await addBot(db, bot.shopId)
  const [anna, bruno] = [await createContact(db, bot), await createContact(db, other)]
  const ids = await accept(db, bot, [anna, bruno, anna, bruno])
  const bots = await render(db, ids)
  expect(bots.toSorted((a, b) => Number(a.botId) - Number(b.botId))).toEqual([bot, other])
})

test('the bot of a message that had to wait is named when the one before it ends', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [first = '', reminder = '', second = ''] = await accept(db, bot, [
    contact,
    { ...contact, lane: 1 },
    contact,
  ])
  await render(db, [second])
  const { epoch } = (await beginTurn(db, bot, 0))!
  expect(await claim(db, { ...bot, epoch })).toEqual([])

  // The end of a message of another lane frees nothing.
  expect(
    (await finishRendering(db, [{ status: 'failed', id: reminder, reason: 'no_template' }])).bots,
  ).toEqual([])
  expect((await finishRendering(db, [{ status: 'failed', id: first, reason: 'no_template' }])).bots).toEqual([
    bot,
  ])
  expect(await claimIds(db, { ...bot, epoch })).toEqual([second])
})

test('a message is loaded with its event, contact and the contact’s open chat, and its shop', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [known = '', unknown = ''] = await accept(db, bot, [
    { recipient: contact.recipient, deadlineAt: '2020-01-01T00:00:00Z' },
    { recipient: 'stranger' },
  ])
  expect(await loadMessagesToRender(db, [unknown, known, '999999999'])).toMatchObject([
    {
      id: known,
      deadlineAtMs: Date.parse('2020-01-01T00:00:00Z'),
      event: { data: {} },
      shopRevision: expect.any(Number),
      shopMode: 'live',
      contact: { id: contact.contactId, grantedPurposes: [] },
      registration: {
        id: contact.registrationId,
        botId: bot.botId,
        chatId: contact.chatId,
        status: 'active',
      },
    },
    { id: unknown, deadlineAtMs: null, contact: null, registration: null },
  ])
  expect(await loadShopsToRender(db, [{ shopId: bot.shopId, kind: 'x', state: '' }])).toMatchObject([
    {
      id: bot.shopId,
      locale: 'it',
      timeZone: 'Europe/Rome',
      contractPurposes: ['order_updates'],
      texts: [],
    },
  ])
})
