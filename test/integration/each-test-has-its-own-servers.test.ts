import { createDatabase } from '@postino/database'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'

async function connect() {
  const database = createDatabase({
    url: await createTestDatabase(),
    poolMax: 1,
    applicationName: 'postino-test',
  })
  atEnd(() => database.close())
  return database
}

test('two test databases are both migrated, and know nothing of each other', async () => {
  const [one, two] = [await connect(), await connect()]
  await sql`create table only_here (id int)`.execute(one)
  const find = sql<{
    name: string | null
  }>`select to_regclass('only_here')::text as name, to_regclass('events') is not null as is_migrated`
  expect((await find.execute(one)).rows).toEqual([{ name: 'only_here', is_migrated: true }])
  expect((await find.execute(two)).rows).toEqual([{ name: null, is_migrated: true }])
})

test('two test servers of Redis know nothing of each other', async () => {
  const [one, two] = [new Redis(await createTestRedis()), new Redis(await createTestRedis())]
  atEnd(() => one.disconnect())
  atEnd(() => two.disconnect())
  await one.set('word', 'so')
  expect(await two.get('word')).toBeNull()
})
