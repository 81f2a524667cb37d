import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { useBrowser } from '../support/use-browser.ts'
import { openPageScene } from './optin-page.ts'

const browser = useBrowser()
const databaseUrl = await createTestDatabase()

/** Not under version control; the README's pictures are copies of two of these. */
const PICTURES = fileURLToPath(new URL('../../.postino/screenshots/', import.meta.url))

const LOOKS: [name: string, options: BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }],
  ['narrow', { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 }],
]

async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}opt-in-page-${name}.png`, fullPage: true })
}

test.each(LOOKS)('pictures %s', async (name, options) => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}?lang=en`, { ...options, javaScriptEnabled: false, expected: /422/ })
  await takePicture(page, name)
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  await takePicture(page, `${name}-error`)
  await page.getByLabel('My orders').check()
  await page.getByLabel('Offers and news').check()
  await takePicture(page, `${name}-ticked`)
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  await takePicture(page, `${name}-invitation`)
  await page.getByRole('link', { name: 'What is kept' }).click()
  await takePicture(page, `${name}-privacy`)
})
