import { claimMessages } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { beginTurn, createContacts, openTestDatabase, queue, RESEND_AFTER_MS } from './database-under-test.ts'
import { fillMessages, type Fill } from './large-tables.ts'
import { countBuffers, createExplain } from './statement-plans.ts'

// Counted in pages of the database that a claim looks at, which is the same on every machine.

const FEW = 500
const MANY = 50_000

/** Pages that a claim of 8 messages looks at; `others` are people with a message each behind all that. */
async function measure(
  contacts: number,
  fill: Fill,
  { others = 0, isInTurn = true }: { others?: number; isInTurn?: boolean } = {},
): Promise<number> {
  const { url, db } = await openTestDatabase()
  const bot = await fillMessages(db, contacts, fill, { isInTurn })
  await queue(db, bot, await createContacts(db, bot, others))
  await sql`vacuum analyze messages, contacts, registrations`.execute(db)
  const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
  const [plan] = await createExplain(url)((trx) =>
    claimMessages(trx, [{ ...bot, epoch, take: 8, busyChats: [] }]),
  )
  return countBuffers(plan!)
}

test('one message each for many people', async () => {
  const few = await measure(FEW, { queued: FEW })
  expect(few).toBeLessThan(1_000)
  const many = await measure(MANY, { queued: MANY })
  // Indexes with many more entries are a level deeper.
  expect(many).toBeLessThan(few * 1.5)
})

test('many messages each for the same people', async () => {
  const few = await measure(50, { queued: FEW })
  const many = await measure(50, { queued: MANY })
  expect(many).toBeLessThan(few * 1.5)
})

test('a crowded chat before all others', async () => {
  const few = await measure(1, { queued: FEW }, { others: 50 })
  const many = await measure(1, { queued: MANY }, { others: 50 })
  expect(many).toBeLessThan(few * 1.5)
})

test('a few crowded chats, one behind the other', async () => {
  const few = await measure(10, { queued: FEW }, { isInTurn: false })
  const many = await measure(10, { queued: MANY }, { isInTurn: false })
  expect(many).toBeLessThan(few * 1.5)
})

test('a few messages among many that were sent, are not due yet or wait to be rendered', async () => {
  const few = await measure(FEW, { queued: FEW })
  const many = await measure(FEW, { sent: 20_000, unknown: 10_000, queued: FEW, accepted: 20_000 })
  expect(many).toBeLessThan(few * 1.5)
})
