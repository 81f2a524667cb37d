import { exampleAt, type TemplateContent, type TemplateFinding } from '@postino/domain'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture } from '../support/keep-picture.ts'
import { startTrialShop, type TrialShop } from '../support/start-trial-shop.ts'
import { useBrowser } from '../support/use-browser.ts'

// Every app is a process of its own; whoever writes the shop's texts has the management API and a phone, the customer has a phone.

const AUTHOR = { id: 905, first_name: 'Marta', language_code: 'en' }
const CUSTOMER = { externalId: 'customer-2071', telegramId: 904, firstName: 'Giulia', locale: 'en-GB' }

const CONTENT: TemplateContent = {
  preview: 'News from {{ shop.name }}',
  text: 'Dear {{ contact.name.first | default("friend") }}, {{ order.items | length }} {{ order.items | length | plural("piece", "pieces") }} of <b>{{ order.number }}</b> left our oven for you.',
  buttons: [[{ text: 'Copy the number', copy: '{{ order.number }}' }]],
  silent: false,
}

const browser = useBrowser()
let trial: TrialShop
beforeAll(async () => {
  trial = await startTrialShop()
})
afterAll(() => trial?.stop())

interface Template {
  id: string
  revision: number
  draft?: { version: number; findings: TemplateFinding[] }
  published?: { version: number; content: TemplateContent }
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  return (await trial.ask(method, path, body)) as Answer
}

async function findShipped(): Promise<Template> {
  const query = 'kind=order.status_changed&state=shipped&locale=en'
  const { items } = await ask<{ items: { id: string }[] }>('GET', `/v1/templates?${query}`)
  return await ask<Template>('GET', `/v1/templates/${items[0]?.id}`)
}

async function saveDraft({ id, revision }: Template, content: TemplateContent): Promise<Template> {
  return await ask<Template>('PUT', `/v1/templates/${id}/draft`, { content, revision })
}

/** The author's own phone becomes one that tests may go to. */
async function openAuthorsPhone(): Promise<Page> {
  await trial.emulator('POST', '/people', AUTHOR)
  await trial.ask('POST', '/v1/contacts', { external_id: 'staff-1', name: { first: 'Marta' } })
  const link = await ask<{ url: string }>('POST', '/v1/optin-links', {
    external_id: 'staff-1',
    purposes: ['order_updates'],
    source: 'api',
    makes_tester: true,
  })
  const opened = `${trial.cluster.emulatorUrl}/open?url=${encodeURIComponent(link.url)}`
  const phone = await browser.open(`${opened}&person=${AUTHOR.id}`)
  await phone.getByRole('button', { name: 'Start', exact: true }).click()
  await phone.getByRole('log').getByText('Nothing is on until you say so').waitFor()
  return phone
}

function tellCustomer(id: string): Promise<string> {
  const example = exampleAt('order.status_changed', Date.now())
  const order = { ...Object(example.data['order']), id, number: id, status: 'shipped' }
  const to = [{ external_id: CUSTOMER.externalId }]
  return trial.report({ ...example, id, data: { ...example.data, order, to } })
}

test('[PASS-18, PASS-19, PASS-20, PLAN-3, U18] a text is checked, seen, tried on its author, published at once, and taken back', async () => {
  const { chat } = await trial.addRegistered(CUSTOMER)
  const [bot, person] = chat.split(':')
  const author = await openAuthorsPhone()
  const customer = await browser.open(`${trial.cluster.emulatorUrl}/?person=${person}&bot=${bot}`)
  const heard = customer.getByRole('log')

  // A slip of the pen is told with its place and the way out, and cannot be published.
  const slip = { ...CONTENT, text: 'Order {{ order.numbr }} left our oven.' }
  const begun = await saveDraft(await findShipped(), slip)
  expect(begun.draft?.findings).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      at: 'text',
      line: 1,
      message: expect.stringContaining('Did you mean `order.number`?'),
    }),
  )
  await expect(trial.ask('POST', `/v1/templates/${begun.id}/publish`, {})).rejects.toThrow(
    /422.*order\.numbr/,
  )

  const draft = await saveDraft(begun, CONTENT)
  expect(draft.draft?.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  const { items } = await ask<{ items: { push_line: string; text: string }[] }>(
    'POST',
    '/v1/templates:preview',
    { template_id: draft.id, locale: 'en' },
  )
  expect(items[0]).toMatchObject({
    push_line: 'News from Bottega Faenza',
    text: expect.stringContaining('left our oven'),
  })

  await trial.ask('POST', `/v1/templates/${draft.id}/test`, {})
  await author.getByRole('log').getByText('News from Bottega Faenza').waitFor()
  // The draft reaches nobody else.
  expect(await tellCustomer('1001')).toBe('sent')
  await heard.getByText('1001').first().waitFor()
  expect(await heard.getByText('left our oven').count()).toBe(0)

  await trial.ask('POST', `/v1/templates/${draft.id}/publish`, {})
  expect(await tellCustomer('1002')).toBe('sent')
  await heard.getByText('News from Bottega Faenza').waitFor()
  await customer.getByRole('button', { name: 'Copy the number' }).waitFor()
  await keepPicture(customer, 'own-text.png')

  const published = await findShipped()
  await trial.ask('POST', `/v1/templates/${draft.id}/rollback`, { version: 1 })
  expect(await tellCustomer('1003')).toBe('sent')
  await heard.getByText('1003').first().waitFor()
  expect(await heard.getByText('News from Bottega Faenza').count()).toBe(1)
  // What was told keeps the version it was told in.
  const explained = await request1002()
  expect(explained).toMatchObject({ template: { id: draft.id, version: published.published?.version } })
}, 90_000)

async function request1002(): Promise<unknown> {
  const response = await fetch(`${trial.cluster.ingestUrl}/v1/events/1002`, {
    headers: { authorization: `Bearer ${trial.apiKey}` },
  })
  const { events } = (await response.json()) as { events: { messages: object[] }[] }
  return events[0]?.messages[0]
}
