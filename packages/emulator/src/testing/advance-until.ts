import { setTimeout as pause } from 'node:timers/promises'
import type { Emulator } from '../emulator.ts'

const GIVE_UP_MS = 10_000

/** Lets the emulator's time pass in steps until something is so. */
export async function advanceUntil(emulator: Emulator, stepMs: number, isSo: () => boolean): Promise<void> {
  const startMs = Date.now()
  while (!isSo()) {
    if (Date.now() - startMs > GIVE_UP_MS) throw new Error('it never came about')
    await pause(1)
    emulator.advance(stepMs)
  }
}
