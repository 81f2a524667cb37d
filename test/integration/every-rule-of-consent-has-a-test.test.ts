import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = ['apps', 'packages', 'test']

/** What opting in and out has to be, rule by rule; the names of tests say in brackets which they prove. */
const RULES = [
  ...range('CM', 1, 17),
  ...range('WEB', 8, 29),
  ...range('PASS', 24, 29),
  ...range('BEY', 9, 10),
]

function range(prefix: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${prefix}-${first + index}`)
}

function listTestFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => join(ROOT, folder, path))
}

/** The rules named by the tests of one file: `test('[CM-10, CM-11] …`. */
function rulesNamed(path: string): string[] {
  const names = readFileSync(path, 'utf8').matchAll(/['"`]\[((?:[A-Z]+-\d+(?:, )?)+)\] /g)
  return [...names].flatMap(([, rules = '']) => rules.split(', '))
}

test('every rule of opting in and out has a test that names it', () => {
  const named = new Set(FOLDERS.flatMap(listTestFiles).flatMap(rulesNamed))
  expect(RULES.filter((rule) => !named.has(rule))).toEqual([])
})
