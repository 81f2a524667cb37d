import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportContact } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { typeCommand } from './command-line.ts'
import { openShopOnTheCommandLine } from './shop-on-the-command-line.ts'

const { db, url, shopId, folder, addContact, type } = await openShopOnTheCommandLine()
const SHOP = ['--shop', 'bottega']

test('[CM-16, U10] contact export tells everything, as data and as a page in the person’s language', async () => {
  const id = await addContact('ada-3')
  const json = await type('contact', 'export', 'ada-3', ...SHOP)
  expect(JSON.parse(json.out)).toMatchObject({ contact: { id, external_id: 'ada-3', first_name: 'Ada' } })
  const file = join(folder, 'ada.html')
  await type('contact', 'export', 'ada-3', ...SHOP, '--html', '--out', file)
  expect(readFileSync(file, 'utf8')).toContain('I tuoi dati presso Bottega')
  expect((await type('contact', 'export', 'ada-3', ...SHOP, '--html', 'uk')).out).toContain(
    '<html lang="uk">',
  )
  const nobody = await type('contact', 'export', 'nobody', ...SHOP)
  expect(nobody).toEqual({ code: 1, out: '', err: expect.stringContaining('bottega has no contact nobody') })
})

/** Types a command, and then this when it asks. */
async function answer(line: string[], typed: string) {
  return await typeCommand(line, { DATABASE_URL: url }, `${typed}\n`)
}

test('[U10, WEB-24] contact erase asks for the external id once more, and erases for good', async () => {
  const id = await addContact('ada-4')
  const line = ['contact', 'erase', 'ada-4', ...SHOP]
  const wrong = await answer(line, 'ada-5')
  expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringContaining('nothing was erased') })
  expect(wrong.err).toMatch(/^Everything about ada-4 goes for good/)
  expect(await type(...line)).toMatchObject({ code: 1, err: expect.stringContaining('nothing was erased') })
  expect((await exportContact(db, shopId, id))?.contact.first_name).toBe('Ada')

  const right = await answer(line, 'ada-4')
  expect(right).toMatchObject({ code: 0, out: 'ada-4: erased: 1 contact, 0 chats, 0 messages, 0 events' })
  expect((await exportContact(db, shopId, id))?.contact).toMatchObject({
    first_name: null,
    erased_at: expect.any(String),
  })
  expect(await type(...line, '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('bottega has no contact ada-4'),
  })
})

test('[U10] whom a restored backup brings back is erased again by number', async () => {
  const id = await addContact('ada-6')
  await type('contact', 'erase', 'ada-6', ...SHOP, '--yes')
  const erased = await type('contact', 'erased', ...SHOP, '--since', '2020-01-01T00:00:00Z')
  expect(erased.out).toMatch(new RegExp(`^${id} \\d{4}-`, 'm'))
  expect((await type('contact', 'erased', ...SHOP, '--since', '2100-01-01T00:00:00Z')).out).toBe('')

  // As a backup from before has it.
  await sql`
    update contacts set external_id = 'ada-6', first_name = 'Ada', erased_at = null where id = ${id}`.execute(
    db,
  )
  const file = join(folder, 'erased.txt')
  writeFileSync(file, `${erased.out}\n`)
  const again = await type('contact', 'erase-again', file, ...SHOP)
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining(`${id}: erased: 1 contact`) })
  expect(await type('contact', 'export', 'ada-6', ...SHOP)).toMatchObject({ code: 1 })

  writeFileSync(file, '999999\n')
  expect(await type('contact', 'erase-again', file, ...SHOP)).toMatchObject({
    code: 1,
    out: '999999: is nobody',
  })
  writeFileSync(file, 'ada-6\n')
  expect(await type('contact', 'erase-again', file, ...SHOP)).toMatchObject({
    code: 1,
    err: 'postino: line 1 begins with no number of a contact',
  })
})
