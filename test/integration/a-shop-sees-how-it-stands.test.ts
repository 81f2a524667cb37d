import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)

test('a shop is told its own mode, its page and its quota', async () => {
  const shop = await createShop(database, 'faenza')
  expect(await ask(shop, { url: '/v1/shop' })).toMatchObject({
    status: 200,
    body: {
      slug: 'faenza',
      mode: 'live',
      optin_page_url: 'https://bot.example/o/faenza',
      registrations: { open: 0, waiting: 0 },
    },
  })
})
