import {
  clearOldBatch,
  eraseContact,
  exportContact,
  insertConsents,
  RETENTION_KINDS,
  verifyConsents,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'
import { fillMessages, fillTrail } from './large-tables.ts'
import { createExplain, listNodes, rowsRead } from './statement-plans.ts'

// All of one shop, which is the worst: nothing but indexes tells one person's rows from another's.
const { url, db } = await openTestDatabase()
const bot = await fillMessages(db, 20_000, { sent: 40_000, accepted: 3_000, queued: 6_000, unknown: 300 })
await fillTrail(db, bot)
const { shopId } = bot
await sql`
  insert into consents (shop_id, contact_id, purpose, action, source, actor, evidence)
  select shop_id, id, 'marketing', 'granted', 's', 'a', '{}' from contacts where shop_id = ${shopId}`.execute(
  db,
)
const contact = await db
  .selectFrom('contacts')
  .select('id')
  .where('external_id', '=', 'contact-7')
  .executeTakeFirstOrThrow()
const entry = { purpose: 'marketing', action: 'granted', source: 's', actor: 'a', evidence: {} } as const
await insertConsents(db, shopId, contact.id, [{ ...entry, details: { ip: '192.0.2.1' } }])
await sql`analyze`.execute(db)
const explain = createExplain(url)

// Events are gone through, as far as they have their data.
const LARGE = new Set(['messages_open', 'attempts', 'contacts', 'registrations', 'consents'])
const HISTORY = /^messages_ended/

/** What is cleared away is read: here all of history is old. */
function mayBeRead(name: string, table: string): boolean {
  return name.startsWith('clearing') && HISTORY.test(table)
}

const WORK: Record<string, (trx: Database) => Promise<unknown>> = {
  eraseContact: (trx) => eraseContact(trx, shopId, contact.id, { actor: 'test' }),
  exportContact: (trx) => exportContact(trx, shopId, contact.id),
  'verifyConsents, of one contact': (trx) => verifyConsents(trx, { shopId, contactId: contact.id }),
  ...Object.fromEntries(
    RETENTION_KINDS.map((kind) => [
      `clearing ${kind} away`,
      (trx: Database) => clearOldBatch(trx, { kind, olderThanDays: 0 }),
    ]),
  ),
}

test.each(Object.keys(WORK))('%s finds what it needs by indexes', async (name) => {
  const plans = await explain(WORK[name]!)
  expect(plans.length).toBeGreaterThan(1)
  for (const { text, root } of plans) {
    const scans = listNodes(root).filter((node) => node['Node Type'].includes('Seq Scan'))
    expect(
      scans
        .filter((scan) => rowsRead(scan) > 0)
        .map((scan) => scan['Relation Name'] ?? '')
        .filter((table) => (LARGE.has(table) || HISTORY.test(table)) && !mayBeRead(name, table)),
      text,
    ).toEqual([])
  }
})
