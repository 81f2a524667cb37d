import { insertStarterTemplates } from '@postino/database'
import type { MessageContent, TemplateContent } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'

const stage = await createStage()
const { database, shopId } = stage
const person = await stage.addPerson(await stage.addBot())
stage.startRenderer()

const SITE = 'https://shop.example/files/'
const INVOICE = {
  type: 'auto',
  url: `${SITE}{{ order.id }}`,
  name: 'Invoice {{ order.id }}.pdf',
  size: '482133',
} as const
const PHOTO = { type: 'auto', url: `${SITE}{{ order.id }}.jpg` } as const
const CONFIRM = { text: 'Confirm', action: 'confirm_pickup' }
const OPEN = { text: 'Open', url: SITE }

interface Rendered {
  id: string
  status: string
  reason: string | null
  detail: string | null
  content: MessageContent
  cost: number
  onUnknown: string | null
}

let templatesMade = 0

/** Publishes a template and renders one message by it. */
async function renderWith(change: Partial<TemplateContent>, text = '42'): Promise<Rendered> {
  const state = `case_${(templatesMade += 1)}`
  const content = { text: 'Order <b>{{ order.id }}</b>', buttons: [], silent: false, ...change }
  await insertStarterTemplates(database, shopId, [
    { kind: 'order.status_changed', state, locale: 'en', content },
  ])
  const [id] = await stage.accept([{ to: person, text, state }])
  return await waitUntil(async () => {
    const { rows } = await sql<Rendered>`
      select id, status, reason, detail, content, cost, on_unknown as "onUnknown" from messages
      where id = ${id} and status <> 'accepted'`.execute(database)
    return rows[0]
  })
}

async function setPolicy(policy: unknown): Promise<void> {
  await sql`update shops set attachment_policy = ${JSON.stringify(policy)}::jsonb where id = ${shopId}`.execute(
    database,
  )
}

test('a file, a button that acts, protection and the rule for unknown outcomes are with the queued message', async () => {
  const message = await renderWith({
    media: [INVOICE],
    buttons: [[CONFIRM, OPEN]],
    protect: true,
    on_unknown: 'hold',
  })
  expect(message).toMatchObject({ status: 'queued', cost: 1, onUnknown: 'hold' })
  expect(message.content).toEqual({
    html: 'Order <b>42</b>',
    buttons: [[{ text: 'Confirm', callbackData: `a:${message.id}:confirm_pickup` }, OPEN]],
    media: [{ as: 'document', url: `${SITE}42`, name: 'Invoice 42.pdf', sizeBytes: 482_133 }],
    silent: false,
    protect: true,
  })
})

test('a message without files is what it always was', async () => {
  const { status, content, cost, onUnknown } = await renderWith({})
  expect({ status, content, cost, onUnknown }).toEqual({
    status: 'queued',
    content: { html: 'Order <b>42</b>', buttons: [], silent: false },
    cost: 1,
    onUnknown: null,
  })
})

test('an album costs its files, and the rest are links', async () => {
  const { content, cost } = await renderWith({ media: [PHOTO, INVOICE, PHOTO], buttons: [[OPEN]] })
  expect(cost).toBe(2)
  expect(content).toEqual({
    html: `Order <b>42</b>\n\n<a href="${SITE}42">Invoice 42.pdf</a>\n<a href="${SITE}">Open</a>`,
    buttons: [],
    media: [PHOTO, PHOTO].map(() => ({ as: 'photo', url: `${SITE}42.jpg`, name: '42.jpg' })),
    silent: false,
  })
})

test('a text too long to stand under a file goes as a text', async () => {
  const long = 'x'.repeat(1_100)
  const { content, cost } = await renderWith({ text: long, media: [PHOTO, PHOTO], buttons: [[OPEN]] })
  expect(cost).toBe(1)
  expect(content.media).toBeUndefined()
  expect(content.buttons).toEqual([[OPEN]])
  expect(content.html.startsWith(`${long}\n\n<a href="${SITE}42.jpg">42.jpg</a>\n`)).toBe(true)
})

test('a shop’s own table decides from the next message on; one that does not hold breaks none', async () => {
  await setPolicy({ jpg: 1 })
  expect((await renderWith({ media: [INVOICE] })).content.media).toBeUndefined()
  expect((await renderWith({ media: [PHOTO] })).content.media).toHaveLength(1)
  await setPolicy({ jpg: 'five megabytes' })
  expect((await renderWith({ media: [INVOICE] })).content.media).toHaveLength(1)
  await setPolicy('nonsense')
  expect((await renderWith({ media: [INVOICE] })).content.media).toHaveLength(1)
  await database.updateTable('shops').set({ attachment_policy: null }).where('id', '=', shopId).execute()
})

test('several files and a button that acts fail with a sentence for the shop', async () => {
  const message = await renderWith({ media: [PHOTO, PHOTO], buttons: [[CONFIRM]] })
  expect(message).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail:
      'a message with a button that acts or copies takes one file: Telegram shows no buttons under several',
    content: null,
    cost: 1,
    onUnknown: null,
  })
})

test('a file with an address that may not be linked fails its message alone', async () => {
  const message = await renderWith({ media: [{ type: 'auto', url: 'file:///etc/{{ order.id }}' }] })
  expect(message).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail: 'File 1: the address does not begin with https:// or http://',
  })
})
