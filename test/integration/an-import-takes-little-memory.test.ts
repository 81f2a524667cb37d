import { upsertContact } from '@postino/database'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { createBot, openTestDatabase } from './database-under-test.ts'

const LINES = 50_000
/** Less than half of what the contacts of the file would take. */
const HEAP_MEBIBYTES = 36

test('of 50,000 lines, one in twenty broken, the good ones are in and the bad ones told, within a small heap', async () => {
  const { url, db } = await openTestDatabase()
  const { shopId } = await createBot(db)
  await upsertContact(db, shopId, { externalId: 'c-1', firstName: 'Anna' })
  const run = startNode(new URL('contact-import-process.ts', import.meta.url), {
    args: [url, shopId, String(LINES)],
    env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MEBIBYTES}` },
  })
  await run.ended
  const [told] = run.lines()
  expect(told, run.stderr()).toMatchObject({
    counts: { created: 0.95 * LINES - 1, changed: 1, unchanged: 0, refused: 0.05 * LINES, repeated: 0 },
    errors: 0.05 * LINES,
  })
  const { count } = await db
    .selectFrom('contacts')
    .select((is) => is.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(0.95 * LINES)
})
