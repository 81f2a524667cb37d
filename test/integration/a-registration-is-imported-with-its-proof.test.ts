import { Readable } from 'node:stream'
import {
  bindChat,
  closeRegistration,
  eraseContact,
  importRegistrations,
  insertConsents,
  upsertContact,
} from '@postino/database'
import { wordingFor, wordingHash, type ImportIssue } from '@postino/domain'
import { readRegistrations } from '@postino/imports'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { addBot, claimIds, createBot, openTestDatabase, queue, type TestBot } from './database-under-test.ts'

const { db } = await openTestDatabase()
let bot: TestBot
let person = 9_000

beforeEach(async () => {
  bot = await createBot(db, [])
  person += 10
})

const HEADER = 'chat_id,external_id,purposes,date,source,wording,version,locale,reference'
const WORDS = 'We write to you on Telegram about your orders.'

/** A whole proof, with something changed. */
function line(change: Partial<Record<string, string>> = {}): string {
  const whole = {
    chat_id: String(person),
    external_id: 'c-1',
    purposes: 'order_updates',
    date: '2026-03-01',
    source: 'checkout',
    wording: WORDS,
    version: '',
    locale: '',
    reference: 'form 12',
  }
  return Object.values({ ...whole, ...change }).join(',')
}

async function run(lines: string[], more: { isDryRun?: boolean; botId?: string } = {}) {
  const issues: ImportIssue[] = []
  const counts = await importRegistrations(db, bot.shopId, {
    botId: bot.botId,
    actor: 'operator',
    batches: readRegistrations(Readable.from([[HEADER, ...lines].join('\n')]), Date.now()),
    onIssues: (found) => void issues.push(...found),
    ...more,
  })
  return { counts, issues: issues.map((issue) => `${issue.line} ${issue.code}`) }
}

async function listBook() {
  const { rows } = await sql<{ externalId: string; origin: string; status: string; granted: string[] }>`
    select contact.external_id as "externalId", contact.origin, registration.status, granted_purposes as granted
    from registrations registration join contacts contact on contact.id = registration.contact_id
    where registration.shop_id = ${bot.shopId} order by registration.id`.execute(db)
  return rows
}

async function listLedger() {
  const { rows } = await sql<{ purpose: string; action: string; evidence: object; details: object | null }>`
    select purpose, action, wording_hash as "wordingHash", source, actor, evidence - '{details_hash,shown_words_hash}'::text[] as evidence,
      details - 'nonce' as details
    from consents left join consent_details on consent_id = consents.id
    where consents.shop_id = ${bot.shopId} order by consents.id`.execute(db)
  return rows
}

async function bind(externalId: string, date = 1_000_000_000): Promise<{ contactId: string; id: string }> {
  const { id: contactId } = await upsertContact(db, bot.shopId, { externalId })
  const chat = { botId: bot.botId, contactId, chatId: person, telegramUserId: person }
  const bound = await bindChat(db, bot.shopId, {
    ...chat,
    source: 't',
    purposes: [],
    update: { date, id: 1 },
  })
  return { contactId, id: bound?.id ?? '' }
}

test('[CM-3, CM-4] an imported chat is registered, and the ledger has the whole proof of each purpose', async () => {
  const { counts, issues } = await run([line({ purposes: 'order_updates documents' })])
  expect({ counts, issues }).toEqual({
    counts: { registered: 1, granted: 2, unchanged: 0, refused: 0 },
    issues: [],
  })
  expect(await listBook()).toEqual([
    { externalId: 'c-1', origin: 'import', status: 'active', granted: ['order_updates', 'documents'] },
  ])
  const proof = {
    action: 'granted',
    wordingHash: null,
    source: 'import_proof',
    actor: 'operator',
    evidence: { obtained_at: '2026-03-01T00:00:00.000Z', obtained_over: 'checkout' },
    details: { reference: 'form 12', shown_words: { locale: 'und', text: WORDS } },
  }
  expect(await listLedger()).toEqual([
    { purpose: 'order_updates', ...proof },
    { purpose: 'documents', ...proof },
  ])
})

test('[CM-3] a version of the shop’s words points to them, and one it never had is refused', async () => {
  const words = wordingFor('order_updates', 'it')
  const { issues } = await run([
    line({ wording: '', version: String(words.version), locale: 'it' }),
    line({ chat_id: String(person + 1), external_id: 'c-2', wording: '', version: '77', locale: 'it' }),
  ])
  expect(issues).toEqual(['3 unknown_wording'])
  expect(await listLedger()).toMatchObject([{ wordingHash: wordingHash(words) }])
  expect((await listBook()).map(({ externalId }) => externalId)).toEqual(['c-1'])
})

test('the same file twice adds nothing', async () => {
  const lines = [line(), line({ chat_id: String(person + 1), external_id: '' })]
  await run(lines)
  const before = [await listBook(), await listLedger()]
  const { counts } = await run(lines)
  expect(counts).toEqual({ registered: 0, granted: 0, unchanged: 2, refused: 0 })
  expect([await listBook(), await listLedger()]).toEqual(before)
})

test('a dry run tells the same and keeps nothing', async () => {
  const lines = [line(), line({ chat_id: '-5' })]
  const trial = await run(lines, { isDryRun: true })
  expect([await listBook(), await listLedger()]).toEqual([[], []])
  expect(await run(lines)).toEqual(trial)
})

test('a chat without an id of the shop becomes a contact, the same with each bot', async () => {
  const other = await addBot(db, bot.shopId)
  await run([line({ external_id: '' })])
  await run([line({ external_id: '' })], { botId: other.botId })
  const book = await listBook()
  expect(book).toHaveLength(2)
  expect(new Set(book.map(({ externalId }) => externalId)).size).toBe(1)
  expect(book[0]).toMatchObject({ externalId: expect.stringMatching(/^tg-[\w-]{22}$/), origin: 'start' })
})

test.each(['stopped', 'blocked', 'revoked'] as const)(
  '[CM-4] a chat that is %s stays so, and nothing is granted',
  async (status) => {
    const { id } = await bind('c-1')
    await closeRegistration(db, bot.shopId, { registrationId: id, status, reason: 'r' })
    const { counts, issues } = await run([line()])
    expect(counts).toEqual({ registered: 0, granted: 0, unchanged: 1, refused: 0 })
    expect(issues).toEqual(['2 registration_closed'])
    expect(await listBook()).toMatchObject([{ status, granted: [] }])
  },
)

test('[CM-4] what was withdrawn after the proof stays withdrawn, what was withdrawn before is granted again', async () => {
  const { contactId } = await bind('c-1')
  const withdrawal = {
    action: 'withdrawn',
    source: 't',
    actor: 'contact',
    evidence: { update_id: 1 },
  } as const
  await insertConsents(db, bot.shopId, contactId, [{ purpose: 'order_updates', ...withdrawal }])
  const { issues } = await run([line({ purposes: 'order_updates documents' })])
  expect(issues).toEqual(['2 withdrawn_since'])
  expect(await listBook()).toMatchObject([{ granted: ['documents'] }])
  await run([line({ date: new Date().toISOString() })])
  expect(await listBook()).toMatchObject([{ granted: ['documents', 'order_updates'] }])
})

test('a STOP that Telegram tells late, but that is younger than the proof, ends an imported chat', async () => {
  await run([line()])
  const [registration] = await db
    .selectFrom('registrations')
    .select('id')
    .where('shop_id', '=', bot.shopId)
    .execute()
  await closeRegistration(db, bot.shopId, {
    registrationId: registration?.id ?? '',
    status: 'stopped',
    reason: 'r',
    update: { date: Date.UTC(2026, 2, 2) / 1_000, id: 1 },
  })
  expect(await listBook()).toMatchObject([{ status: 'stopped' }])
})

test('a chat of another contact stays with it', async () => {
  await bind('c-9')
  const { counts, issues } = await run([line()])
  expect(counts).toEqual({ registered: 0, granted: 0, unchanged: 0, refused: 1 })
  expect(issues).toEqual(['2 other_contact'])
  expect(await listBook()).toMatchObject([{ externalId: 'c-9', granted: [] }])
})

test('[CM-4] whoever had everything erased is not brought back', async () => {
  const { contactId } = await bind('c-1')
  await eraseContact(db, bot.shopId, contactId, { actor: 'contact' })
  const { counts, issues } = await run([line(), line({ external_id: '' })])
  expect(counts).toEqual({ registered: 0, granted: 0, unchanged: 0, refused: 2 })
  expect(issues).toEqual(['2 chat_erased', '3 chat_erased'])
  expect(await listBook()).toEqual([])
})

test('[WEB-3, WEB-16] the sandbox and the quota hold for imported chats', async () => {
  await sql`update shops set max_registrations = 1 where id = ${bot.shopId}`.execute(db)
  const { issues } = await run([line(), line({ chat_id: String(person + 1), external_id: 'c-2' })])
  expect(issues).toEqual(['3 over_quota'])
  const { rows } = await sql<{ waits: boolean }>`
    select is_over_quota as waits from registrations where shop_id = ${bot.shopId} order by id`.execute(db)
  expect(rows.map(({ waits }) => waits)).toEqual([false, true])

  await sql`update shops set mode = 'sandbox' where id = ${bot.shopId}`.execute(db)
  const [id = ''] = await queue(db, bot, [{ recipient: 'c-1' }])
  const { epoch } = await db
    .selectFrom('bots')
    .select('epoch')
    .where('id', '=', bot.botId)
    .executeTakeFirstOrThrow()
  expect(await claimIds(db, { ...bot, epoch })).toEqual([])
  const { reason } = await db
    .selectFrom('messages')
    .select('reason')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(reason).toBe('sandbox')
})
