import {
  headOfLedger,
  insertConsents,
  matchesHead,
  rederiveConsents,
  verifyConsents,
  type ConsentEntry,
} from '@postino/database'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  createBot,
  createContacts,
  openDatabase,
  openTestDatabase,
  type TestBot,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const CONNECTIONS = [1, 2, 3].map(() => openDatabase(url, 1))
const CONTACTS = 3
const PURPOSES = ['order_updates', 'messages', 'marketing']

interface Act {
  contact: number
  connection: number
  entry: ConsentEntry
}

const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0') && each.isWellFormed())
const entry: fc.Arbitrary<ConsentEntry> = fc.record({
  purpose: fc.constantFrom(...PURPOSES),
  action: fc.constantFrom('granted', 'withdrawn'),
  source: fc.constantFrom('bot_dialog', 'api', 'merge'),
  actor: fc.constantFrom('contact', 'shop'),
  evidence: fc.dictionary(text, fc.oneof(text, fc.integer()), { maxKeys: 2 }),
  details: fc.option(
    fc.dictionary(
      text,
      fc.oneof(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.array(text, { maxLength: 2 }),
      ),
      { maxKeys: 3 },
    ),
    { nil: undefined },
  ),
})
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    contact: fc.nat(CONTACTS - 1),
    connection: fc.nat(CONNECTIONS.length - 1),
    entry,
  }),
  { maxLength: 24 },
)

async function createPeople(): Promise<{ bot: TestBot; ids: string[] }> {
  const bot = await createBot(db)
  return { bot, ids: (await createContacts(db, bot, CONTACTS)).map(({ contactId }) => contactId) }
}

/** Each connection does its own acts in their order, all of them at the same time. */
async function perform(bot: TestBot, ids: string[], all: Act[]): Promise<void> {
  await Promise.all(
    CONNECTIONS.map(async (connection, index) => {
      for (const { contact, entry: each } of all.filter((act) => act.connection === index))
        await insertConsents(connection, bot.shopId, ids[contact]!, [each])
    }),
  )
}

async function readLedger(bot: TestBot) {
  return await db
    .selectFrom('consents')
    .select(['id', 'contact_id as contactId', 'purpose', 'action', 'evidence'])
    .where('shop_id', '=', bot.shopId)
    .orderBy('id')
    .execute()
}

/** The last act of each purpose decides. */
function deriveByHand(ledger: Awaited<ReturnType<typeof readLedger>>, contactId: string) {
  const last = new Map<string, string>()
  for (const row of ledger) if (row.contactId === contactId) last.set(row.purpose, row.action)
  const of = (action: string) => [...last].filter(([, each]) => each === action).map(([purpose]) => purpose)
  return { granted: of('granted').toSorted(), withdrawn: of('withdrawn').toSorted() }
}

async function readPurposes(contactId: string) {
  const { granted, withdrawn } = await db
    .selectFrom('contacts')
    .select(['granted_purposes as granted', 'withdrawn_purposes as withdrawn'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  return { granted: granted.toSorted(), withdrawn: withdrawn.toSorted() }
}

test('[U5, CM-4] any acts on several connections: the chain is whole, nothing is lost, and purposes follow from the rows', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { bot, ids } = await createPeople()
      await perform(bot, ids, all)
      const ledger = await readLedger(bot)
      for (const [contact, contactId] of ids.entries()) {
        for (const connection of CONNECTIONS.keys()) {
          const own = all.filter((act) => act.contact === contact && act.connection === connection)
          const kept = ledger
            .filter((row) => row.contactId === contactId)
            .map(({ purpose, action }) => `${purpose} ${action}`)
          expect(
            isSubsequence(
              own.map((act) => `${act.entry.purpose} ${act.entry.action}`),
              kept,
            ),
          ).toBe(true)
        }
        expect(await readPurposes(contactId)).toEqual(deriveByHand(ledger, contactId))
      }
      expect(ledger).toHaveLength(all.length)
      expect(await verifyConsents(db, { shopId: bot.shopId })).toMatchObject({
        rows: all.length,
        faultCount: 0,
      })
      expect(await rederiveConsents(db, { shopId: bot.shopId })).toBe(0)
      expect(await matchesHead(db, bot.shopId, await headOfLedger(db, bot.shopId))).toBe(true)
    }),
    { numRuns: 25 },
  )
})

function isSubsequence(part: string[], whole: string[]): boolean {
  let found = 0
  for (const each of whole) if (found < part.length && each === part[found]) found += 1
  return found === part.length
}

const attacks = fc.constantFrom(
  'update consents set actor = actor',
  `update consents set action = 'granted', hash = ''`,
  'delete from consents',
  'delete from consents where false is not true',
  'truncate consents cascade',
  `update wordings set text = 'x'`,
  'truncate wordings',
)

test('[U5] nobody changes or takes away a row, whatever role their session has', async () => {
  const { bot, ids } = await createPeople()
  await insertConsents(db, bot.shopId, ids[0]!, [
    { purpose: 'marketing', action: 'granted', source: 's', actor: 'a', evidence: {} },
  ])
  await sql`
    insert into wordings (shop_id, hash, purpose, locale, version, title, text, is_default)
    values (${bot.shopId}, 'h', 'marketing', 'it', 1, 't', 't', true)`.execute(db)
  const before = await readLedger(bot)
  await fc.assert(
    fc.asyncProperty(attacks, fc.constantFrom('origin', 'replica', 'local'), async (attack, role) => {
      const attempt = db.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = ${sql.lit(role)}`.execute(trx)
        await sql.raw(attack).execute(trx)
      })
      await expect(attempt).rejects.toThrow('only grows')
      expect(await readLedger(bot)).toEqual(before)
    }),
    { numRuns: 40 },
  )
})

test('[U5] what a contact agrees to cannot be set by hand to anything but what the ledger says', async () => {
  const purposes = fc.subarray(PURPOSES)
  await fc.assert(
    fc.asyncProperty(acts, purposes, purposes, async (all, granted, withdrawn) => {
      const { bot, ids } = await createPeople()
      await perform(bot, ids, all)
      const contactId = ids[0]!
      const derived = deriveByHand(await readLedger(bot), contactId)
      const attempt = sql`
        update contacts set granted_purposes = ${granted}, withdrawn_purposes = ${withdrawn} where id = ${contactId}`.execute(
        db,
      )
      if (isSame(derived, { granted, withdrawn })) await attempt
      else await expect(attempt).rejects.toThrow('by the ledger alone')
      expect(await readPurposes(contactId)).toEqual(derived)
    }),
    { numRuns: 25 },
  )
})

function isSame(
  a: { granted: string[]; withdrawn: string[] },
  b: { granted: string[]; withdrawn: string[] },
): boolean {
  const write = ({ granted, withdrawn }: typeof a) =>
    JSON.stringify([granted.toSorted(), withdrawn.toSorted()])
  return write(a) === write(b)
}
