import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { insertConsents, insertShop, upsertContact } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { typeCommand } from './command-line.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db, url } = await openTestDatabase()
const folder = makeFolder()
const SHOP = ['--shop', 'bottega']
const shop = await insertShop(db, { slug: 'bottega', name: 'Bottega', locale: 'it', timeZone: 'UTC' })
if (shop === undefined) throw new Error('there is such a shop already')
const shopId = shop.id

/** A contact with a grant and a withdrawal. */
async function addContact(externalId: string): Promise<string> {
  const { id } = await upsertContact(db, shopId, { externalId, firstName: 'Ada', locale: 'it' })
  const act = {
    source: 'paper_form',
    actor: 'shop',
    evidence: { obtained_at: '2026-01-01' },
    locale: 'it',
  } as const
  await insertConsents(db, shopId, id, [
    { purpose: 'marketing', action: 'granted', ...act, details: { reference: 'form 7' } },
    { purpose: 'marketing', action: 'withdrawn', ...act },
  ])
  return id
}

async function type(...args: string[]) {
  return await typeCommand(args, { DATABASE_URL: url })
}

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
