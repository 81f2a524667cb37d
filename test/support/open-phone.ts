import { createEmulator, type Emulator } from '@postino/emulator'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { atEnd } from './at-end.ts'
import { launchChromium, NO_CHROMIUM } from './chromium.ts'

const LAUNCH_TIMEOUT_MS = 300_000
/** A browser on a busy machine takes its time. */
const TEST_TIMEOUT_MS = 90_000

export type Phone = {
  /** Opens the phone page in a fresh browser profile; a script error in it fails the test. */
  open: (emulator: Emulator, path?: string, options?: BrowserContextOptions) => Promise<Page>
}

/** A browser for the tests of one file; without one they are skipped and say why. */
export function usePhone(): Phone {
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
    async open(emulator, path = '/', options = {}) {
      if (browser === undefined) throw new Error(NO_CHROMIUM)
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (message) => {
        // A server that is gone is no mistake of the page.
        const isNetwork = message.text().includes('net::ERR_')
        if (message.type() === 'error' && !isNetwork) problems.push(message.text())
      })
      atEnd(async () => {
        await context.close()
        if (problems.length > 0) throw new Error(`the page complained: ${problems.join('; ')}`)
      })
      await page.goto(`${emulator.url}${path}`)
      return page
    },
  }
}

/** An emulator without flood limits, as people press faster than bots may send. Ends with the test. */
export async function startEmulator(options: { port?: number } = {}): Promise<Emulator> {
  const emulator = await createEmulator({ port: 0, settings: { flood: { enabled: false } }, ...options })
  atEnd(() => emulator.close())
  return emulator
}

/** Calls the Bot API as a bot does. @throws Error with Telegram's description */
export async function callBot(
  emulator: Emulator,
  token: string,
  call: { method: string; fields: object },
): Promise<unknown> {
  const response = await fetch(`${emulator.url}/bot${token}/${call.method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call.fields),
  })
  const answer: { ok: boolean; result?: unknown; description?: string } = JSON.parse(await response.text())
  if (!answer.ok) throw new Error(`${call.method}: ${answer.description}`)
  return answer.result
}
