import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { BAD_TEMPLATES } from './bad-templates/bad-templates.ts'
import { CHECKER_VERSION } from './checker-version.ts'
import { say } from './say-for-tests.ts'

/** Whoever changes what the checker says raises CHECKER_VERSION, adds its fingerprint here and takes the oldest away. */
const FINGERPRINTS: Record<number, string> = {
  1: '6d8febc072c3b94f',
}

test('what the checker says has not changed without a new version', () => {
  const said = BAD_TEMPLATES.map(({ says: _says, ...template }) => [template, say(template)])
  const fingerprint = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16)
  expect(FINGERPRINTS[CHECKER_VERSION]).toBe(fingerprint)
})
