import { acceptEvents, eraseContact, insertConsents, lockPerson, mergeContacts } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  claim,
  beginTurn,
  createBot,
  createContact,
  findMessage,
  newEvent,
  openDatabase,
  openTestDatabase,
  queue,
  record,
  waitForBlocked,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const ACTOR = { actor: 'test' }

function orderFor(externalId: string) {
  return { id: 'e', type: 'x', source: '/t', data: { customer: { external_id: externalId }, note: 'about' } }
}

/** Begins an erasure, and does something while it looks through the events. */
async function eraseWhile(target: { shopId: string; contactId: string }, meanwhile: () => Promise<unknown>) {
  const eraser = openDatabase(url, 1)
  const { erasing } = await db.transaction().execute(async (trx) => {
    await sql`lock table events in access exclusive mode`.execute(trx)
    const begun = eraseContact(eraser, target.shopId, target.contactId, ACTOR)
    await waitForBlocked(db)
    await meanwhile()
    return { erasing: begun }
  })
  return await erasing
}

test('[U10] while an erasure looks through a shop’s events, results are recorded and people served', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const begun = await beginTurn(db, bot, 0)
  const turn = { ...bot, epoch: begun!.epoch }
  const [id = ''] = await queue(db, bot, [contact])
  await claim(db, turn)
  const { shopId } = bot
  const erasure = await eraseWhile({ shopId, contactId: contact.contactId }, async () => {
    expect(await record(db, turn, { id, status: 'sent' })).toEqual([id])
    for (const table of ['contacts', 'registrations', 'messages'])
      await sql`select from ${sql.table(table)} where shop_id = ${shopId} for update nowait`.execute(db)
  })
  expect(erasure).toMatchObject({ status: 'erased', messages: 1 })
  expect(await findMessage(db, id)).toMatchObject({ status: 'sent', content: null })
})

test('[U10] who is merged while the search goes on is erased with all that is theirs', async () => {
  const bot = await createBot(db)
  const { shopId } = bot
  const contact = await createContact(db, bot)
  const other = await createContact(db, bot)
  await acceptEvents(db, [
    newEvent(shopId, [contact], { body: orderFor(contact.recipient) }),
    newEvent(shopId, [other], { body: orderFor(other.recipient) }),
  ])
  const merge = { matchedBy: 'operator', actor: 'operator', evidence: {} } as const
  const erasure = await eraseWhile({ shopId, contactId: contact.contactId }, async () =>
    db.transaction().execute((trx) =>
      mergeContacts(trx, shopId, {
        fromContactId: other.contactId,
        intoContactId: contact.contactId,
        ...merge,
      }),
    ),
  )
  expect(erasure).toMatchObject({ status: 'erased', contacts: 2, registrations: 2, messages: 2, events: 2 })
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from events where shop_id = ${shopId} and body -> 'data' is not null`.execute(
    db,
  )
  expect(rows).toEqual([{ left: 0 }])
})

test('[U10] what a person does in the bot at that moment is done first, and erased with the rest', async () => {
  const bot = await createBot(db)
  const { shopId } = bot
  const contact = await createContact(db, bot)
  const { contactId } = contact
  const tap = {
    purpose: 'marketing',
    action: 'granted',
    source: 'bot_dialog',
    actor: 'contact',
    evidence: {},
  } as const
  const { erasing } = await db.transaction().execute(async (trx) => {
    await lockPerson(trx, shopId, Number(contact.chatId))
    const begun = eraseContact(openDatabase(url, 1), shopId, contactId, ACTOR)
    await waitForBlocked(db)
    await insertConsents(trx, shopId, contactId, [tap])
    return { erasing: begun }
  })
  expect(await erasing).toMatchObject({ status: 'erased', registrations: 1 })
  const ledger = await db
    .selectFrom('consents')
    .select(['action', 'source'])
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
  expect(ledger).toEqual([
    { action: 'granted', source: 'bot_dialog' },
    { action: 'withdrawn', source: 'erasure' },
  ])
})
