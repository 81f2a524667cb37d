import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { useBrowser } from '../support/use-browser.ts'
import { openLoginScene, readBinding } from './login-page.ts'
import { openPageScene } from './optin-page.ts'

const browser = useBrowser()
const databaseUrl = await createTestDatabase()

/** Not under version control; the README's pictures are copies of two of these. */
const PICTURES = fileURLToPath(new URL('../../.postino/screenshots/', import.meta.url))

async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, animations: 'disabled' })
}

test('[WEB-10, WEB-11, WEB-12, CM-2, PASS-3] without scripts: page, tick, link, START; the bot asks exactly that, and a tap grants it', async () => {
  const { url, scene, change } = await openPageScene(databaseUrl)
  await change({ background_color: '#eef2f6' })
  const ada = scene.addPhone({ language: 'en', firstName: 'Ada' })
  const page = await browser.open(`${url}?lang=en&source=qr_pos`, {
    javaScriptEnabled: false,
    viewport: { width: 760, height: 900 },
  })
  await page.getByLabel('My orders').check()
  await page.getByLabel('Offers and news').check()
  await takePicture(page, 'opt-in-page')
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  await takePicture(page, 'opt-in-page-invitation')
  const link = await page.getByRole('link', { name: 'Open Telegram' }).getAttribute('href')
  expect(link).toMatch(new RegExp(`^https://t\\.me/${scene.bot.username}\\?start=[\\w-]{22}$`))
  expect(
    await page.getByRole('img', { name: 'QR code that opens the same link' }).locator('svg').count(),
  ).toBe(1)

  const open = new URLSearchParams({ person: String(ada.person.id), url: link ?? '' })
  const phone = await browser.open(`${scene.emulator.url}/open?${open.toString()}`, {
    viewport: { width: 430, height: 900 },
  })
  await phone.getByRole('button', { name: 'Start', exact: true }).click()
  const log = phone.getByRole('log')
  await log.getByText('would like to write to you here on Telegram').waitFor()
  const switches = log.getByRole('button', { name: '⬜' })
  expect(await switches.allTextContents()).toEqual(['⬜ My orders', '⬜ Offers and news'])
  await takePicture(phone, 'opt-in-page-phone')
  await log.getByRole('button', { name: '⬜ My orders' }).click()
  await log.getByRole('button', { name: '✅ My orders' }).waitFor()
  await log.getByRole('button', { name: 'Done' }).click()
  await log.getByText('From now on Bottega Faenza will write to you').waitFor()

  const registration = await scene.database
    .selectFrom('registrations')
    .select(['contact_id', 'source'])
    .where('chat_id', '=', String(ada.person.id))
    .executeTakeFirstOrThrow()
  expect(registration.source).toBe('qr_pos')
  const ledger = await scene.ledgerOf(registration.contact_id)
  expect(ledger.map(({ purpose, action }) => [purpose, action])).toEqual([['order_updates', 'granted']])
  expect(ledger[0]?.evidence).toMatchObject({ link_source: 'qr_pos', page_version: expect.any(String) })
})

test('[PASS-25] who has no Telegram is told where to get it, and comes back to the same link', async () => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}?lang=en`, { javaScriptEnabled: false })
  await page.getByLabel('My orders').check()
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  await page.getByText('Telegram is not on this device?').click()
  const help = page.getByRole('group').filter({ hasText: 'It is free' })
  expect(
    await help.getByRole('link').evaluateAll((links) => links.map((it) => it.getAttribute('href'))),
  ).toEqual(['https://telegram.org/apps', 'https://web.telegram.org/'])
  await page.getByText(/valid until \d+ \w+ \d{4} at \d\d:\d\d/).waitFor()
})

test('[CM-3] with a log-in the way is one page long: tick, allow, done', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, url, phone } = login
  scene.emulator.people.allowWriting(phone.person.id, { bot: scene.bot.id })
  const page = await browser.open(`${url}?lang=en`, { javaScriptEnabled: false, expected: /status of 410/ })
  await page.getByLabel('My orders').check()
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  await takePicture(page, 'opt-in-page-login')
  await page.getByRole('button', { name: 'Log in with Telegram' }).click()
  await page.getByRole('heading', { name: 'Thank you, that was all' }).waitFor()
  await takePicture(page, 'opt-in-page-login-done')
  expect(new URL(page.url()).pathname).toMatch(/\/login\/callback$/)
  expect((await readBinding(login)).ledger).toMatchObject([
    { purpose: 'order_updates', source: 'telegram_login' },
  ])
  expect(await page.context().cookies()).toEqual([])
  await page.reload()
  await page.getByText('What you chose stands').waitFor()
})

test('a cancelled log-in leads back to the choice', async () => {
  const login = await openLoginScene(databaseUrl)
  login.provider.answer = { isDenied: true }
  const page = await browser.open(`${login.url}?lang=it`, { javaScriptEnabled: false })
  await page.getByLabel('I miei ordini').check()
  await page.getByRole('button', { name: 'Continua su Telegram' }).click()
  await page.getByRole('button', { name: 'Accedi con Telegram' }).click()
  await page.getByRole('heading', { name: 'L’accesso è stato annullato' }).waitFor()
  await page.getByRole('link', { name: 'Torna alla scelta' }).click()
  await page.getByLabel('I miei ordini').waitFor()
  expect((await readBinding(login)).registrations).toEqual([])
})
