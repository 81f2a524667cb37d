import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stretch } from './read-profile.ts'

const FILE = 'measured.json'

/** The moment now, on the clock of V8's profiles. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}

/** Says beside the profiles of a run which part of it was measured: not the start, not the warm-up. */
export function writeMeasured(folder: string, stretch: Stretch): void {
  writeFileSync(join(folder, FILE), JSON.stringify(stretch))
}

export function readMeasured(folder: string): Stretch | undefined {
  const file = join(folder, FILE)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stretch) : undefined
}
