import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { atEnd } from './at-end.ts'
import { launchChromium, NO_CHROMIUM } from './chromium.ts'

const LAUNCH_TIMEOUT_MS = 300_000
/** A browser on a busy machine takes its time. */
const TEST_TIMEOUT_MS = 90_000

export interface TestBrowser {
  /** Opens an address in a fresh browser profile; an error told in its console fails the test, but for `expected` ones. */
  open: (url: string, options?: BrowserContextOptions & { expected?: RegExp }) => Promise<Page>
}

/** A browser for the tests of one file; without one they are skipped and say why. */
export function useBrowser(): TestBrowser {
  vi.setConfig({ testTimeout: TEST_TIMEOUT_MS })
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  }, LAUNCH_TIMEOUT_MS)
  afterAll(() => browser?.close())
  beforeEach((context) => {
    if (browser !== undefined) return
    console.log(NO_CHROMIUM)
    context.skip(NO_CHROMIUM)
  })

  return {
    async open(url, { expected = /(?!)/, ...options } = {}) {
      if (browser === undefined) throw new Error(NO_CHROMIUM)
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (message) => {
        // A server that is gone is no mistake of the page.
        const isExpected = message.text().includes('net::ERR_') || expected.test(message.text())
        if (message.type() === 'error' && !isExpected) problems.push(message.text())
      })
      atEnd(async () => {
        await context.close()
        if (problems.length > 0) throw new Error(`the page complained: ${problems.join('; ')}`)
      })
      await page.goto(url)
      return page
    },
  }
}
