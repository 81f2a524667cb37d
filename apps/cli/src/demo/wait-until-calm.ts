import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatorClient } from '../local/emulator-client.ts'

/** Taps on consent make edits, and edits count for Telegram's flood limits: waits until no chat has to pay for them any more. */
export async function waitUntilCalm(emulator: EmulatorClient): Promise<void> {
  const calmMs = await emulator.readCalmMs()
  const startedMs = performance.now()
  let quietSinceMs = startedMs
  let { last } = await emulator.readRequests(Number.MAX_SAFE_INTEGER)
  while (performance.now() - quietSinceMs < calmMs) {
    await sleep(100)
    const now = await emulator.readRequests(last)
    if (now.last !== last) quietSinceMs = performance.now()
    last = now.last
  }
}
