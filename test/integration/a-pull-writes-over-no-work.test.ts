import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { edit, openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { ok, fails, pulled, publishElsewhere } = await openTextsOnTheCommandLine()
const CART = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const CART_FILE = 'cart.abandoned/default.it.yaml'
const SHIPPED_FILE = 'order.status_changed/shipped.it.yaml'

test('pull brings news into files nobody touched, and writes over no work that was not pushed', async () => {
  const folder = await pulled()
  await publishElsewhere(CART, 'Nuovo')
  edit(folder, SHIPPED_FILE, (text) => `# ours\n${text}`)
  expect(await ok(`template pull bottega ${folder}`)).toMatch(
    /^changed +cart\.abandoned\/default\.it\.yaml\n1 file written/,
  )
  expect(readFileSync(join(folder, SHIPPED_FILE), 'utf8')).toMatch(/^# ours/)

  edit(folder, CART_FILE, (text) => text.replace('Nuovo', 'Mio'))
  await publishElsewhere(CART, 'Nuovissimo')
  await publishElsewhere({ ...CART, locale: 'sv' }, 'Ny')
  expect(await fails(`template pull bottega ${folder}`)).toMatch(
    /1 file changed since .*--force:\n {2}cart\.abandoned\/default\.it\.yaml$/,
  )
  expect(existsSync(join(folder, 'cart.abandoned/default.sv.yaml'))).toBe(false)
  expect(readFileSync(join(folder, CART_FILE), 'utf8')).toContain('Mio')
  writeFileSync(join(folder, '.postino-seen.json'), '<<<<<<< ours')
  expect(await fails(`template pull bottega ${folder} --force`)).toMatch(
    /^postino: \S+\.postino-seen\.json is not as it was written: take it from git again, or remove it and pull$/,
  )
  rmSync(join(folder, '.postino-seen.json'))
  await ok(`template pull bottega ${folder} --force`)
  expect(readFileSync(join(folder, CART_FILE), 'utf8')).toContain('Nuovissimo')
})

test('texts to begin with are made a shop’s own without a pull before', async () => {
  const folder = join(makeFolder(), 'texts')
  await ok('shop create nuova --name Nuova --locale it')
  await ok(`template starters --locale it --into ${folder}`)
  edit(folder, CART_FILE, (text) => text.replace('🛒', '🧺'))
  expect(await ok(`template push nuova ${folder} --publish`)).toMatch(
    /^changed +cart\.abandoned\/default\.it\.yaml\n/,
  )
  expect(await fails('template starters --locale xx --into /tmp/nowhere')).toMatch(/choose from it, en, uk/)
})
