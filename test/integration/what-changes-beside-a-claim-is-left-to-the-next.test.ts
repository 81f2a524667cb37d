import { claimMessages, type Claim } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import {
  beginTurn,
  createBot,
  createContacts,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

/** What a claim of all of a bot's messages answers, whose first one is changed after the claim has seen them, and then a second claim. */
async function claimBeside(change: string): Promise<{ ids: string[]; first: Claim[]; second: Claim[] }> {
  const bot = await createBot(db)
  const ids = await queue(db, bot, await createContacts(db, bot, 3))
  const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
  const claim = () => claimMessages(db, [{ ...bot, epoch, take: 8, busyChats: [] }])
  const { begun } = await db.transaction().execute(async (transaction) => {
    // The claim waits for the bot, with a view of the messages as they are now.
    await sql`select from bots where id = ${bot.botId} for update`.execute(transaction)
    // In an object: the transaction ends before the claim does.
    const claiming = { begun: claim() }
    await waitUntil(async () => {
      const { rows } =
        await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
          db,
        )
      return rows.length > 0
    })
    await sql`update messages_open set ${sql.raw(change)} where id = ${ids[0]}`.execute(db)
    return claiming
  })
  return { ids, first: await begun, second: await claim() }
}

test('a message that somebody touched is claimed by the next claim, and once', async () => {
  const { ids, first, second } = await claimBeside(`detail = 'touched'`)
  expect(first.map(({ id }) => id)).toEqual(ids.slice(1))
  expect(second.map(({ id, status }) => ({ id, status }))).toEqual([{ id: ids[0], status: 'sending' }])
})

test('a message that is not to be sent yet is claimed by neither', async () => {
  const { ids, first, second } = await claimBeside(`due_at = now() + interval '1 hour'`)
  expect(first.map(({ id }) => id)).toEqual(ids.slice(1))
  expect(second).toEqual([])
})
