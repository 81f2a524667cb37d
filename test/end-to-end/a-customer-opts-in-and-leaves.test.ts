import { exampleAt } from '@postino/domain'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture } from '../support/keep-picture.ts'
import { startTrialShop, type TrialShop } from '../support/start-trial-shop.ts'
import { useBrowser } from '../support/use-browser.ts'

// Every app is a process of its own; the shop speaks HTTP, the customer has a browser and a phone, shown by another page.

const GIULIA = { id: 904, first_name: 'Giulia', language_code: 'en' }
const CUSTOMER = 'customer-2071'

const browser = useBrowser()
let trial: TrialShop
beforeAll(async () => {
  trial = await startTrialShop()
})
afterAll(() => trial?.stop())

async function listItems<Item>(path: string): Promise<Item[]> {
  return (await trial.ask('GET', path))['items'] as Item[]
}

/** Reports an event of the customer's; answers what became of it. */
function report(kind: 'order.status_changed' | 'cart.abandoned', id: string): Promise<string> {
  const example = exampleAt(kind, Date.now())
  return trial.report({ ...example, id, data: { ...example.data, to: [{ external_id: CUSTOMER }] } })
}

/** Ticks what the customer wants on the shop's page; the link that leads into Telegram. */
async function tickOnThePage(pageUrl: string): Promise<string> {
  const page = await browser.open(`${pageUrl}?lang=en`)
  for (const box of await page.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(false)
  await page.getByRole('checkbox', { name: 'My orders' }).check()
  await page.getByRole('checkbox', { name: 'My cart' }).check()
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  const link = await page.getByRole('link', { name: 'Open Telegram', exact: true }).getAttribute('href')
  // On one machine the emulator's phone takes Telegram's place.
  expect(link).toMatch(/\/open\?url=https%3A%2F%2Ft\.me%2Fbottega_faenza_bot%3Fstart%3D[\w-]{22}$/)
  return link ?? ''
}

test('[CM-2, CM-15, WEB-10, WEB-12, PASS-26] a customer ticks on the page, agrees in Telegram, is told, and leaves', async () => {
  await trial.emulator('POST', '/people', GIULIA)
  await trial.ask('POST', '/v1/groups', { keyword: 'vip', name: 'Friends of the house' })
  await trial.ask('POST', '/v1/contacts', {
    external_id: CUSTOMER,
    name: { first: 'Giulia' },
    locale: 'en-GB',
  })
  const made = await trial.ask('POST', '/v1/optin-links', {
    external_id: CUSTOMER,
    purposes: ['order_updates', 'cart_reminders', 'marketing'],
    source: 'checkout',
  })
  const link = await tickOnThePage(String(made['page_url']))

  const phone = await browser.open(`${link}&person=${GIULIA.id}`)
  await phone.getByRole('button', { name: 'Start', exact: true }).click()
  const log = phone.getByRole('log')
  await log.getByText('Nothing is on until you say so').waitFor()
  // What was ticked is what is asked, and nothing else; nothing is on, so nothing is sent.
  expect(await phone.getByRole('button', { name: /^⬜/ }).allTextContents()).toEqual([
    '⬜ My orders',
    '⬜ My cart',
  ])
  expect(await report('order.status_changed', 'before')).toBe('no_consent')

  await phone.getByRole('button', { name: '⬜ My orders' }).click()
  await phone.getByRole('button', { name: '✅ My orders' }).waitFor()
  await phone.getByRole('button', { name: 'Done' }).click()
  await log.getByText('You chose').waitFor()
  await keepPicture(phone, 'opting-in.png')
  expect(await report('order.status_changed', 'told')).toBe('sent')
  expect(await report('cart.abandoned', 'not-told')).toBe('no_consent')
  await log.getByRole('link', { name: /Track/ }).first().waitFor()

  await writeTo(phone, 'START vip')
  await log.getByText('You are in the group Friends of the house now').waitFor()
  await writeTo(phone, 'stop VIP!')
  await log.getByText('You have left the group Friends of the house').waitFor()
  expect(await report('order.status_changed', 'still-told')).toBe('sent')

  await writeTo(phone, '/privacy')
  await phone.getByRole('button', { name: '📄 My data' }).click()
  await log.getByText('my-data.html').first().waitFor()
  await keepPicture(phone, 'my-data.png')

  await writeTo(phone, 'Basta!')
  await log.getByText('will not write to you any more').first().waitFor()
  expect(await report('order.status_changed', 'after')).toBe('registration_stopped')
  await expectProof()
})

async function writeTo(phone: Page, text: string): Promise<void> {
  const field = phone.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await field.press('Enter')
}

/** The shop can show what was agreed to, in which words, on what evidence, and when it ended. */
async function expectProof(): Promise<void> {
  const consents = await listItems<Record<string, unknown>>(`/v1/consents?external_id=${CUSTOMER}`)
  const ofOrders = consents.filter((each) => each['purpose'] === 'order_updates')
  expect(ofOrders.map((each) => each['action'])).toEqual(expect.arrayContaining(['granted', 'withdrawn']))
  expect(ofOrders).toHaveLength(2)
  expect(ofOrders).toContainEqual(
    expect.objectContaining({
      action: 'granted',
      evidence: expect.objectContaining({ update_id: expect.any(Number), link_source: 'checkout' }),
      wording: expect.objectContaining({ title: 'My orders', text: expect.stringContaining('Telegram') }),
    }),
  )
  const [contact] = await listItems<{ id: string }>(`/v1/contacts?external_id=${CUSTOMER}`)
  const [registration] = await listItems<object>(`/v1/registrations?contact=${contact?.id}`)
  expect(registration).toMatchObject({ status: 'stopped', source: 'checkout' })
}
