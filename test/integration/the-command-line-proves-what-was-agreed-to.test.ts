import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openShopOnTheCommandLine } from './shop-on-the-command-line.ts'

const { db, folder, addContact, type } = await openShopOnTheCommandLine()
const SHOP = ['--shop', 'bottega']

test('[CM-16, U5] consent list tells the acts, consent export their proof, in lines a program can read', async () => {
  const id = await addContact('ada-1')
  const list = await type('consent', 'list', ...SHOP, '--contact', 'ada-1')
  expect(list).toMatchObject({ code: 0, err: '' })
  expect(list.out.split('\n').map((line) => line.split(/\s+/).slice(2, 6))).toEqual([
    ['withdrawn', 'marketing', 'paper_form', 'shop'],
    ['granted', 'marketing', 'paper_form', 'shop'],
  ])
  const file = join(folder, 'ledger.jsonl')
  expect(await type('consent', 'export', ...SHOP, '--contact', 'ada-1', '--out', file)).toEqual({
    code: 0,
    out: '',
    err: '',
  })
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { contact_id: id, action: 'granted', details: { reference: 'form 7' } },
    { contact_id: id, action: 'withdrawn', details: null },
  ])
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(await type('consent', 'export', ...SHOP, '--out', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('EEXIST'),
  })
  const whole = await type('consent', 'export', ...SHOP)
  expect(whole.out.split('\n').length).toBeGreaterThanOrEqual(lines.length)
})

test('[U5] consent verify finds what was tampered with, names it, and ends with 1; --mend derives purposes anew', async () => {
  const id = await addContact('ada-2')
  const whole = await type('consent', 'verify', ...SHOP, '--head')
  expect(whole).toMatchObject({
    code: 0,
    out: expect.stringMatching(/The ledger is whole: \d+ rows of \d+ contacts?\./),
  })
  const head = /^bottega (\S+)$/m.exec(whole.out)?.[1] ?? ''
  expect(await type('consent', 'verify', ...SHOP, '--head', head)).toMatchObject({ code: 0 })
  expect(await type('consent', 'verify', ...SHOP, '--head', 'x')).toMatchObject({
    code: 1,
    err: expect.stringContaining('is no head'),
  })

  await db.transaction().execute(async (trx) => {
    await sql`alter table contacts disable trigger user`.execute(trx)
    await sql`update contacts set granted_purposes = '{marketing}' where id = ${id}`.execute(trx)
    await sql`alter table contacts enable trigger user`.execute(trx)
  })
  const broken = await type('consent', 'verify')
  expect(broken).toMatchObject({ code: 1, err: 'postino: the ledger has 1 fault, see above' })
  expect(broken.out).toContain(`contact ${id}: it agrees to other things than its rows say`)
  expect(await type('consent', 'verify', ...SHOP, '--mend')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Mended 1 contact.'),
  })

  await db.transaction().execute(async (trx) => {
    await sql`alter table consents disable trigger user`.execute(trx)
    await sql`delete from consents where contact_id = ${id} and action = 'withdrawn'`.execute(trx)
    await sql`alter table consents enable trigger user`.execute(trx)
  })
  await type('consent', 'verify', '--mend')
  expect(await type('consent', 'verify', ...SHOP)).toMatchObject({ code: 0 })
  expect(await type('consent', 'verify', ...SHOP, '--head', head)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not the one this head was made of'),
  })
})
