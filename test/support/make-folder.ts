import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'

/** An empty folder, removed at the end of the test or file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postino-test-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
