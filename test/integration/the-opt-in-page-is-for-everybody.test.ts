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
// The browser tells of the 422 with which a form comes back.
const REFUSED = /status of 422/

const LOOKS: [look: string, language: 'it' | 'en' | 'uk', options: BrowserContextOptions][] = [
  ['light', 'en', {}],
  ['dark', 'it', { colorScheme: 'dark' }],
  ['narrow', 'uk', { viewport: { width: 320, height: 640 } }],
]

/** Nothing breaks a rule of accessibility, nothing is wider than the window; with a picture to look at. */
async function expectGood(page: Page, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id} ${nodes.map(({ target }) => String(target)).join(', ')}`,
  )
  expect({ place, found }).toEqual({ place, found: [] })
  const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect({ place, overhang }).toEqual({ place, overhang: 0 })
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}opt-in-page-${place}.png`, fullPage: true })
}

test.each(LOOKS)(
  '[CM-7, WEB-14] %s, in %s: no rule of accessibility is broken on any page',
  async (look, language, options) => {
    const { url } = await openPageScene(databaseUrl)
    const page = await browser.open(`${url}?lang=${language}`, { ...options, expected: REFUSED })
    const submit = page.locator('button')
    await expectGood(page, look)
    await submit.click()
    await page.locator('input[value=order_updates]').check()
    await expectGood(page, `${look}-error`)
    await submit.click()
    await page.locator('summary').click()
    await expectGood(page, `${look}-invitation`)
    await page.locator('footer a').click()
    await expectGood(page, `${look}-privacy`)
  },
)

test('a notice is as good as a page', async () => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}/${'x'.repeat(22)}?lang=en`, { expected: /status of 404/ })
  await expectGood(page, 'notice')
})

test('[WEB-13] the darkest and the lightest colours a shop may choose stay readable, in dark mode too', async () => {
  const { url, change } = await openPageScene(databaseUrl)
  for (const [accent_color, background_color] of [
    ['#767676', '#848484'],
    ['#cc0000', '#ffe9a8'],
  ]) {
    await change({ accent_color, background_color, texts: { en: { title: 'Hello', button: 'Go on' } } })
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.open(`${url}?lang=en`, { colorScheme })
      await page.getByRole('heading', { name: 'Hello' }).waitFor()
      await expectGood(page, `colours-${colorScheme}`)
    }
  }
})

test('[CM-7] beside the boxes stand the channel’s name and logo', async () => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}?lang=en`)
  const legend = page.getByRole('group', { name: 'I would like to receive: Telegram' }).locator('legend')
  const [mark, box] = [
    await legend.locator('svg').boundingBox(),
    await page.getByRole('checkbox').first().boundingBox(),
  ]
  expect((box?.y ?? 0) - (mark?.y ?? 0)).toBeLessThan(60)
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0)
})

test('everything can be done with the keyboard alone, and always shows where one is', async () => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}?lang=en`, { expected: REFUSED })
  const focused = () =>
    page.evaluate<string>(
      `(({activeElement: it}) => [it.id || it.name || it.textContent.trim(), getComputedStyle(it).outlineStyle].join(' '))(document)`,
    )
  const walk: string[] = []
  for (let pressed = 0; pressed < 9; pressed++) {
    await page.keyboard.press('Tab')
    walk.push(await focused())
  }
  expect(walk).toEqual([
    ...['Italiano', 'English', 'Українська'].map((name) => `${name} solid`),
    ...Array.from({ length: 4 }, () => 'purpose solid'),
    'Continue to Telegram solid',
    'What is kept about you, and why solid',
  ])
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('tick at least one box').waitFor()
  const first = page.getByRole('checkbox', { name: 'My orders' })
  expect(await first.evaluate((it) => it.matches(':focus'))).toBe(true)
  expect(await page.title()).toMatch(/^Please choose/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Open Telegram' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Get Telegram' }).waitFor()
})

test('a screen reader is told each box by its name, its words, and what is wrong', async () => {
  const { url } = await openPageScene(databaseUrl)
  const page = await browser.open(`${url}?lang=en`, { expected: REFUSED })
  await page.getByRole('button', { name: 'Continue to Telegram' }).click()
  const snapshot = await page.locator('body').ariaSnapshot()
  expect(snapshot).toContain('- navigation "Language"')
  expect(snapshot).toContain('group "I would like to receive: Telegram"')
  expect(snapshot).toMatch(/- alert: "?Please tick at least one box/)
  expect(snapshot).toContain('- checkbox "My orders"')
  expect(snapshot).toContain('- contentinfo')
})

test('[WEB-10] a page is one request of less than 60 KB, and asks nobody else', async () => {
  const { url, served } = await openPageScene(databaseUrl)
  const page = await browser.open('about:blank')
  const sizes: number[] = []
  page.on('response', (response) => {
    expect(response.url().startsWith(served.url)).toBe(true)
    sizes.push(Number(response.headers()['content-length']))
  })
  await page.goto(`${url}?lang=uk`)
  await page.locator('input[value=marketing]').check()
  await page.locator('button').click()
  await page.locator('a.button').waitFor()
  await page.goto(`${url}/privacy?lang=uk`)
  expect(sizes).toHaveLength(3)
  expect(Math.max(...sizes)).toBeLessThan(60_000)
  // All three together.
  expect(sizes[0]! + sizes[1]! + sizes[2]!).toBeLessThan(60_000)
})
