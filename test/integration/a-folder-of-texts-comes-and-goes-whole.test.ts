import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findTemplate } from '@postino/database'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { edit, openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, fails, type, pulled } = await openTextsOnTheCommandLine()
const CART = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const CART_FILE = 'cart.abandoned/default.it.yaml'
const SHIPPED_FILE = 'order.status_changed/shipped.it.yaml'

async function cart() {
  const found = await findTemplate(db, shopId, CART)
  return { published: found?.published, draft: found?.draft }
}

test('[PASS-19] what a shop says becomes files, one for each text, and goes back unchanged', async () => {
  const folder = join(makeFolder(), 'texts')
  expect(await ok(`template pull bottega ${folder}`)).toMatch(
    /new +cart\.abandoned\/default\.it\.yaml[^]*\d+ files written, 0 unchanged\.$/,
  )
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.postino-seen.json', 'order.status_changed']))
  expect(readFileSync(join(folder, SHIPPED_FILE), 'utf8')).toMatch(/^text: \|-\n {2}📦 /)
  expect(await ok(`template pull bottega ${folder}`)).toMatch(/^0 files written, \d+ unchanged\.$/)
  expect(await ok(`template push bottega ${folder} --publish`)).toMatch(
    /^Put in force 0 texts, \d+ unchanged\.$/,
  )
})

test('[PASS-20] what changed in a folder becomes a draft, or is in force at once; the rest stays as it is', async () => {
  const folder = await pulled()
  edit(folder, CART_FILE, (text) => text.replace('🛒', '🧺'))
  const before = await cart()
  const trial = await ok(`template push bottega ${folder} --publish --dry-run`)
  expect(trial).toMatch(
    /^changed +cart\.abandoned\/default\.it\.yaml\nNothing was changed\. Would put in force 1 text/,
  )
  expect(await cart()).toEqual(before)

  expect(await ok(`template push bottega ${folder} --note spring`)).toMatch(
    /^changed +cart.*\nSaved as drafts 1 text, \d+ unch/,
  )
  expect(await cart()).toMatchObject({
    published: before.published,
    draft: {
      note: 'spring',
      author: expect.stringMatching(/^folder:/),
      content: { text: expect.stringContaining('🧺') },
    },
  })
  expect(await ok(`template push bottega ${folder}`)).toMatch(/^Saved as drafts 0 texts/)

  expect(await ok(`template push bottega ${folder} --publish`)).toMatch(
    /^changed +cart.*\nPut in force 1 text/,
  )
  expect(await cart()).toMatchObject({
    published: { content: { text: expect.stringContaining('🧺') } },
    draft: undefined,
  })
  expect(JSON.parse(await ok(`template push bottega ${folder} --publish --json`)).files).toContainEqual({
    path: CART_FILE,
    ...CART,
    becomes: 'unchanged',
  })
})

test('a text nobody had yet is new; one whose file is gone is told, and taken out of force only when asked for', async () => {
  const folder = await pulled()
  mkdirSync(join(folder, 'activity.due'), { recursive: true })
  writeFileSync(
    join(folder, 'activity.due/In%20ritardo.it.yaml'.replace('I', '%49')),
    'text: "{{ activity.title }}"\n',
  )
  rmSync(join(folder, SHIPPED_FILE))
  const pushed = await ok(`template push bottega ${folder} --publish`)
  expect(pushed).toMatch(
    /^new +activity\.due\/%49n%20ritardo\.it\.yaml\nno file +order\.status_changed shipped it\nPut in force 1 text/,
  )
  const shipped = { kind: 'order.status_changed', state: 'shipped', locale: 'it' } as const
  expect(
    await findTemplate(db, shopId, { kind: 'activity.due', state: 'In ritardo', locale: 'it' }),
  ).toMatchObject({
    published: { version: 1 },
  })
  expect((await findTemplate(db, shopId, shipped))?.published).toBeDefined()
  expect(await fails(`template push bottega ${folder} --unpublish-missing`)).toContain('goes with --publish')
  expect(await ok(`template push bottega ${folder} --publish --unpublish-missing`)).toContain(
    'no file  order.status_changed shipped it: out of force',
  )
  expect((await findTemplate(db, shopId, shipped))?.published).toBeUndefined()
  writeFileSync(join(folder, SHIPPED_FILE), 'text: "{{ order.number }}"\n')
  expect((await type(`template pull bottega ${folder}`)).err).toBe(
    `${SHIPPED_FILE} is not in force in the shop; it stays.`,
  )
  await ok(`template rollback bottega order.status_changed shipped --to 1`)
})

test('when one file is wrong nothing at all is pushed, and each place is told', async () => {
  const folder = await pulled()
  edit(folder, CART_FILE, (text) => text.replace('🧺', '🎁'))
  writeFileSync(join(folder, SHIPPED_FILE), 'text: |\n  Ciao\n  {{ order.totale | money }}\n')
  const before = await cart()
  const refused = await fails(`template push bottega ${folder} --publish`)
  expect(refused).toMatch(/^\/\S+\/texts\/order\.status_changed\/shipped\.it\.yaml:3:6 error .*order\.total/m)
  expect(refused).toMatch(/so nothing was pushed: mend what stands above$/)
  writeFileSync(join(folder, SHIPPED_FILE), 'txt: Ciao\n')
  expect(await fails(`template push bottega ${folder}`)).toMatch(
    /shipped\.it\.yaml:1:1 error .*Did you mean "text"/,
  )
  expect(await cart()).toEqual(before)
})

test('a draft may have errors: it is pushed, and they are told', async () => {
  const folder = await pulled()
  edit(folder, CART_FILE, (text) => text.replace('cart.total', 'cart.totale'))
  const pushed = await ok(`template push bottega ${folder}`)
  expect(pushed).toContain('Saved as drafts 1 text')
  expect((await cart()).draft?.findings).toMatchObject([{ severity: 'error' }])
  expect(await fails('template publish bottega cart.abandoned')).toContain(
    'has errors, so nothing was changed',
  )
  edit(folder, CART_FILE, (text) => text.replace('cart.totale', 'cart.total'))
  await ok(`template push bottega ${folder} --publish`)
  expect((await cart()).draft).toBeUndefined()
})
