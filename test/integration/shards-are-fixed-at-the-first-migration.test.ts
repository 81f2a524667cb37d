import { createDatabase, migrateToLatest } from '@postino/database'
import { nodeFlagsOf } from '@postino/embedded'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { startNode } from '../support/start-node.ts'
import { typeCommand } from './command-line.ts'

function openDatabase(url: string) {
  const database = createDatabase({ url, poolMax: 1, applicationName: 'test' })
  onTestFinished(() => database.close())
  return database
}

test.each(['ingest', 'renderer', 'sender', 'scheduler', 'console'])(
  '%s ends at once when its SHARDS is another one, and says what to set',
  async (app) => {
    const main = new URL(`../../apps/${app}/src/main.ts`, import.meta.url)
    const env = {
      DATABASE_URL: await createTestDatabase(),
      REDIS_URL: await createTestRedis(),
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      HEALTH_PORT: '0',
      PORT: '0',
      SHARDS: '4',
    }
    const process = startNode(main, { flags: nodeFlagsOf(app), env })
    expect(await process.ended).toEqual({ code: 1, signal: null })
    expect(process.stdout()).toContain('SHARDS is 4, and this installation has 1')
    expect(process.stdout()).toContain('set SHARDS=1')
  },
)

test('migrate fixes SHARDS the first time; later it may be left out, and another one is refused', async () => {
  const url = await createTestDatabase()
  const database = openDatabase(url)
  // As before the first migration had come to its end.
  await database.deleteFrom('installation').execute()
  const migrate = (SHARDS: string) => typeCommand(['migrate'], { DATABASE_URL: url, SHARDS })

  expect(await migrate('3')).toMatchObject({ code: 0 })
  await migrateToLatest(database)
  const refused = await migrate('2')
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('SHARDS is 2, and this installation has 3')
  expect(await database.selectFrom('installation').select('shards').execute()).toEqual([{ shards: 3 }])
})

test('processes that migrate at the same time agree on one number', async () => {
  const url = await createTestDatabase()
  await openDatabase(url).deleteFrom('installation').execute()
  const outcomes = await Promise.allSettled(
    [2, 3, 2, 3].map((shards) => migrateToLatest(openDatabase(url), { shards })),
  )
  const [fixed] = await openDatabase(url).selectFrom('installation').select('shards').execute()
  const succeeded = [2, 3, 2, 3].filter((_, index) => outcomes[index]?.status === 'fulfilled')
  expect(succeeded).toEqual([fixed?.shards, fixed?.shards])
})
