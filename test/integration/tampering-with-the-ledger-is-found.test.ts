import {
  headOfLedger,
  insertConsents,
  matchesHead,
  recordWordings,
  rederiveConsents,
  verifyConsents,
  type LedgerFault,
} from '@postino/database'
import { wordingFor } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  createBot,
  createContact,
  decide,
  openTestDatabase,
  type TestBot,
  type TestContact,
  waitForBlocked,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

interface Ledger {
  bot: TestBot
  contact: TestContact
  other: TestContact
  /** The contact's rows, in order. */
  ids: string[]
}

/** Two contacts of a shop; the first has four acts, the last of them with personal proof. */
async function createLedger(): Promise<Ledger> {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const other = await createContact(db, bot)
  await decide(db, bot, { contactId: other.contactId, purpose: 'messages', action: 'granted' })
  for (const purpose of ['order_updates', 'marketing', 'messages'])
    await decide(db, bot, { contactId: contact.contactId, purpose, action: 'granted' })
  const proof = { source: 'api', actor: 'shop', evidence: { obtained_at: '2026-01-01' } }
  await insertConsents(db, bot.shopId, contact.contactId, [
    {
      purpose: 'marketing',
      action: 'withdrawn',
      ...proof,
      details: { reference: 'form 7', ip: '192.0.2.1' },
    },
  ])
  const rows = await db
    .selectFrom('consents')
    .select('id')
    .where('contact_id', '=', contact.contactId)
    .orderBy('id')
    .execute()
  return { bot, contact, other, ids: rows.map(({ id }) => id) }
}

/** As somebody who owns the database can. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`alter table consents disable trigger all`.execute(trx)
    await sql`alter table contacts disable trigger all`.execute(trx)
    await sql`alter table wordings disable trigger all`.execute(trx)
    await statement.execute(trx)
    await sql`alter table contacts enable trigger all`.execute(trx)
    for (const table of ['consents', 'wordings']) {
      await sql`alter table ${sql.table(table)} enable trigger all`.execute(trx)
      await sql`alter table ${sql.table(table)} enable always trigger refuse_ledger_change`.execute(trx)
      await sql`alter table ${sql.table(table)} enable always trigger refuse_ledger_truncate`.execute(trx)
    }
  })
}

async function faultsOf({ bot }: Ledger): Promise<LedgerFault[]> {
  const { faults, faultCount } = await verifyConsents(db, { shopId: bot.shopId })
  expect(faultCount).toBe(faults.length)
  return faults
}

function at({ bot, contact }: Ledger, fault: LedgerFault['fault'], consentId?: string): LedgerFault {
  const { shopId } = bot
  return { fault, shopId, contactId: contact.contactId, ...(consentId !== undefined && { consentId }) }
}

test('[U5] a ledger nobody touched has no fault, as a whole, of a shop and of a contact', async () => {
  const { bot, contact } = await createLedger()
  const whole = { contacts: 2, rows: 5, faultCount: 0, faults: [] }
  expect(await verifyConsents(db, { shopId: bot.shopId })).toEqual(whole)
  const scope = { shopId: bot.shopId, contactId: contact.contactId }
  expect(await verifyConsents(db, scope)).toEqual({ ...whole, contacts: 1, rows: 4 })
  expect(await verifyConsents(db, {})).toMatchObject({ faultCount: 0 })
})

test.each([
  ['purpose', sql`'documents'`, true],
  ['action', sql`'withdrawn'`, true],
  ['wording_hash', sql`'x'`, false],
  ['locale', sql`'xx'`, false],
  ['source', sql`'x'`, false],
  ['actor', sql`'x'`, false],
  ['evidence', sql`'{"update_id": 2}'`, false],
  ['recorded_at', sql`recorded_at + interval '1 microsecond'`, false],
])('[U5] a changed %s is found, with its row', async (field, value, changesPurposes) => {
  const ledger = await createLedger()
  const [id = ''] = ledger.ids
  await tamper(sql`update consents set ${sql.ref(field)} = ${value} where id = ${id}`)
  const purposes = changesPurposes ? [at(ledger, 'purposes_differ')] : []
  expect(await faultsOf(ledger)).toEqual([at(ledger, 'row_altered', id), ...purposes])
})

test('[U5] a row that was changed and hashed anew is found by the one behind it', async () => {
  const ledger = await createLedger()
  const [, id = '', next = ''] = ledger.ids
  await tamper(sql`
    update consents set actor = 'x', hash = sha256(coalesce(previous_hash, ''::bytea) || convert_to(jsonb_build_array(
      shop_id, contact_id, purpose, action, wording_id, wording_version, wording_hash, locale, source, 'x', evidence,
      to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')) where id = ${id}`)
  expect(await faultsOf(ledger)).toEqual([at(ledger, 'row_missing', next)])
})

test.each([0, 1, 2])('[U5] a row taken away is found by the one behind it (%i)', async (index) => {
  const ledger = await createLedger()
  await tamper(sql`delete from consents where id = ${ledger.ids[index]}`)
  const faults = await faultsOf(ledger)
  expect(faults[0]).toEqual(at(ledger, 'row_missing', ledger.ids[index + 1]))
})

test('[U5] rows that changed places are found', async () => {
  const ledger = await createLedger()
  const [, second = '', third = '', fourth] = ledger.ids
  await tamper(sql`
    update consents set (purpose, action, evidence, recorded_at, previous_hash, hash) = (
      select purpose, action, evidence, recorded_at, previous_hash, hash from consents other
      where other.id = case consents.id when ${second} then ${third}::bigint else ${second}::bigint end)
    where id in (${second}, ${third})`)
  expect(await faultsOf(ledger)).toEqual([second, third, fourth].map((id) => at(ledger, 'order_changed', id)))
})

test('[U5] proof that is not what it was written with is found; proof that was erased is no fault', async () => {
  const ledger = await createLedger()
  const id = ledger.ids[3]
  await sql`update consent_details set details = details || '{"ip": "192.0.2.2"}' where consent_id = ${id}`.execute(
    db,
  )
  expect(await faultsOf(ledger)).toEqual([at(ledger, 'details_altered', id)])
  await sql`delete from consent_details where consent_id = ${id}`.execute(db)
  expect(await faultsOf(ledger)).toEqual([])
})

test('[U5] a sentence that was changed after it was asked is found', async () => {
  const ledger = await createLedger()
  const { shopId } = ledger.bot
  await recordWordings(db, shopId, [{ ...wordingFor('marketing', 'it'), isDefault: true }])
  expect(await faultsOf(ledger)).toEqual([])
  await tamper(sql`update wordings set text = 'Anything goes on Telegram' where shop_id = ${shopId}`)
  expect(await faultsOf(ledger)).toMatchObject([{ fault: 'wording_altered', shopId }])
})

test('[U5] purposes that do not follow from the ledger are found, and derived anew from it', async () => {
  const ledger = await createLedger()
  const { contactId } = ledger.contact
  await tamper(
    sql`update contacts set granted_purposes = '{marketing}', withdrawn_purposes = '{}' where id = ${contactId}`,
  )
  expect(await faultsOf(ledger)).toEqual([at(ledger, 'purposes_differ')])
  expect(await rederiveConsents(db, { shopId: ledger.bot.shopId })).toBe(1)
  expect(await faultsOf(ledger)).toEqual([])
  const { granted, withdrawn } = await db
    .selectFrom('contacts')
    .select(['granted_purposes as granted', 'withdrawn_purposes as withdrawn'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  expect({ granted, withdrawn }).toEqual({ granted: ['order_updates', 'messages'], withdrawn: ['marketing'] })
  expect(await rederiveConsents(db, { shopId: ledger.bot.shopId })).toBe(0)
})

test('[U5] a last row taken away is found by a head that was kept elsewhere, also when the ledger has grown since', async () => {
  const ledger = await createLedger()
  const { shopId } = ledger.bot
  const head = await headOfLedger(db, shopId)
  await decide(db, ledger.bot, { contactId: ledger.other.contactId, purpose: 'marketing', action: 'granted' })
  expect(await matchesHead(db, shopId, head)).toBe(true)
  await tamper(sql`delete from consents where id = ${ledger.ids[3]}`)
  await rederiveConsents(db, { shopId })
  expect(await faultsOf(ledger)).toEqual([])
  expect(await matchesHead(db, shopId, head)).toBe(false)
  expect(await matchesHead(db, shopId, 'no head')).toBeUndefined()
})

test('[U5] a head waits for acts that are being recorded, so that none slips in before it', async () => {
  const ledger = await createLedger()
  const { shopId } = ledger.bot
  const { contactId } = ledger.contact
  const act = {
    source: 'test',
    actor: 'contact',
    evidence: {},
    purpose: 'documents',
    action: 'granted',
  } as const
  const { head } = await db.transaction().execute(async (trx) => {
    await insertConsents(trx, shopId, contactId, [act])
    const waiting = headOfLedger(db, shopId)
    await waitForBlocked(db)
    return { head: waiting }
  })
  expect(await matchesHead(db, shopId, await head)).toBe(true)
  expect(Number((await head).split('-')[0])).toBeGreaterThan(Number(ledger.ids[3]))
})

test('[U5] acts that are recorded while it is verified are no fault', async () => {
  const ledger = await createLedger()
  const { shopId } = ledger.bot
  const acts = async (purpose: string) => {
    for (let index = 0; index < 40; index += 1) {
      const action = index % 2 === 0 ? 'granted' : 'withdrawn'
      await decide(db, ledger.bot, { contactId: ledger.contact.contactId, purpose, action })
    }
  }
  const over = new AbortController()
  const recording = Promise.all(['messages', 'documents', 'reminders'].map(acts)).finally(() => over.abort())
  while (!over.signal.aborted) expect(await verifyConsents(db, { shopId })).toMatchObject({ faultCount: 0 })
  await recording
})
