import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { countRows, createIngestUnderTest, createShop, openDatabase } from './ingest-under-test.ts'

test('an example is sent from the page, which breaks no rule of its policy and asks no other server', async ({
  skip,
}) => {
  const browser = await launchChromium()
  if (browser === undefined) return skip(NO_CHROMIUM)
  atEnd(() => browser.close())
  const database = openDatabase(await createTestDatabase())
  const { key } = await createShop(database, 'shop')
  const { app } = await createIngestUnderTest(database)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
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
  await page.click('.opblock-post .opblock-summary-control')
  await page.click('.try-out__btn')
  await page.click('.btn.execute')
  await page.waitForSelector('.live-responses-table .response-col_status:has-text("202")')

  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] })
})
