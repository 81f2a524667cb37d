import { loadMessagesToRender } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { accept, createBot, createContact, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

test('what was accepted long ago is loaded with its event, beside what has just come', async () => {
  const bot = await createBot(db)
  const { recipient } = await createContact(db, bot)
  const ids = await accept(db, bot, [{ recipient }, { recipient }, { recipient }])
  const [old] = ids
  await sql`update events set accepted_at = accepted_at - interval '30 days' where ${old} = any (message_ids)`.execute(
    db,
  )
  await sql`update messages set accepted_at = accepted_at - interval '30 days' where id = ${old}`.execute(db)
  const loaded = await loadMessagesToRender(db, ids)
  expect(loaded.map(({ id, event }) => [id, event])).toEqual(ids.map((id) => [id, { data: {} }]))
})
