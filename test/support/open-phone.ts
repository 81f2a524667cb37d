import { createEmulator, type Emulator } from '@postino/emulator'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { atEnd } from './at-end.ts'
import { useBrowser } from './use-browser.ts'

export type Phone = {
  /** Opens the phone page in a fresh browser profile; a script error in it fails the test. */
  open: (emulator: Emulator, path?: string, options?: BrowserContextOptions) => Promise<Page>
}

/** A browser for the tests of one file; without one they are skipped and say why. */
export function usePhone(): Phone {
  const browser = useBrowser()
  return { open: (emulator, path = '/', options = {}) => browser.open(`${emulator.url}${path}`, options) }
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
