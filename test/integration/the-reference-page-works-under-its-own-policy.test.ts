import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { countRows, createIngestUnderTest, createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())

/** The reference at this address, with this key filled in; `faults` is what went wrong on it since. */
async function openReference(browser: Browser, { url, key }: { url: string; key: string }) {
  const page = await browser.newPage()
  const complaints: string[] = []
  const foreign: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  await page.goto(`${url}/docs`)
  await page.click('.btn.authorize')
  await page.fill('.auth-container input', key)
  await page.click('.auth-btn-wrapper .authorize')
  await page.click('.btn-done')
  return { page, faults: { complaints, foreign } }
}

/** Sends the example of the first POST, and waits for this status. */
async function tryFirstPost(page: Page, status: number): Promise<void> {
  const post = page.locator('.opblock-post').first()
  await post.locator('.opblock-summary-control').click()
  await post.locator('.try-out__btn').click()
  await post.locator('.btn.execute').click()
  await post.locator(`.live-responses-table .response-col_status:has-text("${status}")`).waitFor()
}

test('an example is sent from the page, which breaks no rule of its policy and asks no other server', async ({
  skip,
}) => {
  const browser = await launchChromium()
  if (browser === undefined) return skip(NO_CHROMIUM)
  atEnd(() => browser.close())
  const { key } = await createShop(database, 'events')
  const { app } = await createIngestUnderTest(database)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { page, faults } = await openReference(browser, { url, key })
  await tryFirstPost(page, 202)
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect(faults).toEqual({ complaints: [], foreign: [] })
})

test('so it is from the page of the console', async ({ skip }) => {
  const browser = await launchChromium()
  if (browser === undefined) return skip(NO_CHROMIUM)
  atEnd(() => browser.close())
  const { key } = await createShop(database, 'contacts')
  const { app } = await createConsoleUnderTest(database)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { page, faults } = await openReference(browser, { url, key })
  await tryFirstPost(page, 201)
  const contacts = await database.selectFrom('contacts').select('external_id').execute()
  expect(contacts).toEqual([{ external_id: 'customer-2071' }])
  expect(faults).toEqual({ complaints: [], foreign: [] })
})
