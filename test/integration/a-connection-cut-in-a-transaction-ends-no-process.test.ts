import { createDatabase } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'

test('a connection that the server cuts between two queries of a transaction is an error, and no crash', async () => {
  const url = await createTestDatabase()
  const errors: Error[] = []
  const options = { url, poolMax: 2, applicationName: 'cut' }
  const database = createDatabase({ ...options, onError: (error) => errors.push(error) })
  atEnd(() => database.close())

  const cut = database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction)
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(database)
    // The socket's error arrives while no query is under way: without a listener it would end this process.
    await waitUntil(() => errors.length > 0)
    await sql`select 1`.execute(transaction)
  })
  await expect(cut).rejects.toThrow()
  expect((await sql<{ one: number }>`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }])
})
