import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '@postino/cli/run.ts'
import { LOCAL_SETTINGS_FILE } from '@postino/cli/surroundings.ts'
import { findShopBySlug, takeOptinLink } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { addBot, openTestDatabase } from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const folder = makeFolder()
writeFileSync(join(folder, LOCAL_SETTINGS_FILE), `DATABASE_URL=${url}\n`)

/** What a command line comes to. */
async function type(line: string): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(['--local', folder, ...line.split(' ')], {
    say: (text) => out.push(text),
    warn: (text) => err.push(text),
    input: process.stdin,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** What one prints that ends well. */
async function ok(line: string): Promise<string> {
  const { code, out, err } = await type(line)
  expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' })
  return out
}

async function json(line: string): Promise<unknown> {
  return JSON.parse(await ok(`${line} --json`))
}

function file(name: string, lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

await ok('shop create bottega --name Bottega')
const shopId = (await findShopBySlug(db, 'bottega'))?.id ?? ''
const oldBot = await addBot(db, shopId)
await sql`update bots set username = 'old_bot' where id = ${oldBot.botId}`.execute(db)

const BOOK = file('book.csv', [
  'Codice cliente;Nome;Cellulare;Note',
  'c-1;Giulia;347 1234567;',
  'c-2;Marco;12;',
  'c-3;Anna;;',
])
const PROOFS = file('proofs.csv', [
  'chat_id,external_id,purposes,date,source,wording,reference',
  '77,c-1,order_updates,2026-03-01,checkout,We write to you on Telegram about your orders.,form 12',
  '78,c-3,order_updates,,checkout,We write to you on Telegram about your orders.,form 13',
])

test('[WEB-29] contact import tells what would come of a file, what came of it, and what is wrong by line', async () => {
  const trial = await type(`contact import ${BOOK} --shop bottega --country IT --dry-run`)
  expect(trial.out).toContain('2 new, 0 changed, 0 unchanged; 1 lines refused')
  expect(trial.err).toContain('line 3: Cellulare must be in E.164 form')
  expect(await json('contact list --shop bottega')).toEqual([])
  const report = join(folder, 'errors.csv')
  await ok(`contact import ${BOOK} --shop bottega --country IT --errors ${report}`)
  expect(readFileSync(report, 'utf8').split('\n')).toEqual([
    'severity,line,column,code,message',
    'notice,1,Note,column_ignored,is not read',
    expect.stringMatching(/^error,3,Cellulare,invalid_phone,/),
    '',
  ])
  expect(await json('contact list --shop bottega')).toMatchObject([
    { externalId: 'c-3' },
    { externalId: 'c-1', phone: '+393471234567' },
  ])
  expect(await ok('contact list --shop bottega --phone +393471234567')).toMatch(/^c-1 +Giulia/)
  const refused = await type(`contact import ${PROOFS} --shop bottega --id-column nobody`)
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('it has no column "nobody"') })
  expect((await type('contact import /nowhere.csv --shop bottega')).err).toContain('cannot be read')
})

test('[CM-3] registration import needs the whole proof of each line; list, show and revoke tell the rest', async () => {
  const { out, err } = await type(`registration import ${PROOFS} --shop bottega`)
  expect(out).toContain('1 chats registered, 1 consents recorded; 0 lines brought nothing new, 1 refused')
  expect(err).toContain('line 3: date is blank')
  const [row] = (await json('registration list --shop bottega --purpose order_updates')) as { id: string }[]
  expect(row).toMatchObject({ externalId: 'c-1', chatId: '77', status: 'active' })
  expect(await ok('contact show c-1 --shop bottega')).toContain('agreed to    order_updates')
  await ok(`registration revoke ${row?.id} --shop bottega --reason moved`)
  expect(await json('registration list --shop bottega --status revoked --contact c-1')).toHaveLength(1)
  expect((await type('registration revoke 999999 --shop bottega --reason r')).code).toBe(1)
})

test('groups are made, filled, listed and deleted', async () => {
  expect(await ok('group create VIP --shop bottega --name Friends --purposes marketing')).toContain(
    'START vip',
  )
  expect((await type('group create vip --shop bottega')).err).toContain('has a group vip already')
  expect(await ok('group add vip c-1 nobody --shop bottega')).toMatch(/c-1 +added\nnobody +is nobody/)
  expect(await ok('group members vip --shop bottega')).toMatch(/^c-1 +Giulia/)
  expect(await json('contact list --shop bottega --group vip')).toHaveLength(1)
  expect(await ok('group list --shop bottega')).toMatch(/^vip +Friends +open +marketing/)
  await ok('group remove vip c-1 --shop bottega')
  expect((await type('group remove vip c-1 --shop bottega')).err).toContain('is not in the group')
  await ok('group delete vip --shop bottega')
  expect(await json('group list --shop bottega')).toEqual([])
})

async function take(link: string) {
  const token = new URL(link.split('\n')[0] ?? '').searchParams.get('start') ?? ''
  return await takeOptinLink(db, shopId, { botId: oldBot.botId, token })
}

test('links are made for a contact, for nobody, for a mailbox, a group and a tester', async () => {
  await ok('group create staff --shop bottega --closed')
  const contact = await take(await ok('optin-link --shop bottega --contact c-1 --source checkout'))
  expect(contact).toMatchObject({ status: 'taken', source: 'checkout', contactId: expect.any(String) })
  const open = await ok('optin-link --shop bottega --group staff --email a@example.it --qr')
  expect(open.split('\n').length).toBeGreaterThan(10)
  expect(await take(open)).toMatchObject({
    contactId: undefined,
    email: 'a@example.it',
    purposes: ['marketing'],
  })
  expect(await take(await ok('shop tester bottega'))).toMatchObject({ makesTester: true })
  expect((await type('optin-link --shop bottega --contact nobody')).err).toContain('has no contact nobody')
})

test('[WEB-3, WEB-16] shop change puts a shop in the sandbox, limits its registrations and names what rests on the contract', async () => {
  expect(await ok('shop change bottega --sandbox --max-registrations 50 --contract order_updates')).toContain(
    'only testers are written to',
  )
  const read = async () =>
    await db
      .selectFrom('shops')
      .select(['mode', 'max_registrations as most', 'contract_purposes as contract'])
      .where('id', '=', shopId)
      .executeTakeFirst()
  expect(await read()).toEqual({ mode: 'sandbox', most: 50, contract: ['order_updates'] })
  await ok('shop change bottega --live --max-registrations none --contract none')
  expect(await read()).toEqual({ mode: 'live', most: null, contract: [] })
})

test('contact merge makes two contacts one, and says when there is nothing to merge', async () => {
  await ok('contact merge c-3 --into c-1 --shop bottega')
  expect((await type('contact merge c-3 --into c-1 --shop bottega')).err).toContain('are one contact already')
  expect(await ok('contact show c-3 --shop bottega')).toMatch(/^external id +c-1/)
})

test('[WEB-6, BEY-10] bot replace begins, tells how far it is and ends; bot archive keeps every registration', async () => {
  const newBot = await addBot(db, shopId)
  await sql`update bots set username = 'new_bot' where id = ${newBot.botId}`.execute(db)
  await sql`update registrations set status = 'active' where shop_id = ${shopId}`.execute(db)
  expect((await type('bot replace old_bot --shop bottega')).err).toContain('name a bot with --by')
  expect(await ok('bot replace old_bot --shop bottega --by new_bot')).toMatch(/people +1\nmoved +0\nleft +1/)
  expect(await json('bot replace old_bot --shop bottega')).toMatchObject({ total: 1, endedAt: null })
  expect(await ok('bot replace old_bot --shop bottega --end')).toMatch(/ended +\d{4}-/)
  expect((await type('bot replace old_bot --shop bottega --by old_bot')).err).toContain('its own place')
  const refused = await type('bot archive old_bot --shop bottega')
  expect(refused.err).toContain('1 people have no chat with another bot')
  await ok('bot archive old_bot --shop bottega --yes')
  expect(await json('registration list --shop bottega --status active')).toHaveLength(1)
  expect((await type('bot archive old_bot --shop bottega')).err).toContain('was archived before')
  expect((await type('bot resume old_bot --shop bottega')).err).toContain('is archived')
  expect(await ok('optin-link --shop bottega')).toContain('https://t.me/new_bot?start=')
})
