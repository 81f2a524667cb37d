import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  claim,
  claimIds,
  findMessage,
  listStatuses,
  openTestDatabase,
  record,
} from './database-under-test.ts'
import { STALE, newsOfOneThing } from './news-of-one-thing.ts'

const { db } = await openTestDatabase()
const { createScene, render, replacedBy } = newsOfOneThing(db)

test('[U4] an unknown state is not sent once more after a later one', async () => {
  const { turn, news } = await createScene()
  const [later = '', earlier = ''] = await news(['5', '3'])
  await sql`update messages set due_at = now() + interval '1 hour' where id = ${later}`.execute(db)
  await render([earlier])
  await claim(db, turn)
  await record(db, turn, { id: earlier, status: 'unknown' }, 0)
  await sql`update messages set due_at = null where id = ${later}`.execute(db)
  await render([later])
  expect(await claimIds(db, turn)).toEqual([later])
  await record(db, turn, { id: later, status: 'sent' })
  await claim(db, turn)
  expect(await findMessage(db, earlier)).toMatchObject({
    status: 'unknown',
    superseded_by: later,
    due_at: null,
  })
})

test('[U4] a state that comes after a later one ends at once, whatever became of that one', async () => {
  for (const told of ['queued', 'sending', 'sent', 'unknown'] as const) {
    const { turn, news } = await createScene()
    const [later = ''] = await news(['10'])
    await render([later], { replacesOlder: false })
    if (told !== 'queued') await claim(db, turn)
    if (told === 'sent' || told === 'unknown') await record(db, turn, { id: later, status: told })
    const [earlier = '', same = ''] = await news(['9', '10'])
    await render([earlier, same], { replacesOlder: false })
    expect(await listStatuses(db, [earlier, same])).toEqual([STALE, 'queued'])
    expect(await replacedBy(earlier)).toBe(later)
  }
})

test('[U4] a later state that was accepted first counts, in whichever order they are rendered', async () => {
  for (const order of ['one batch', 'as accepted', 'the other way round'] as const) {
    const { news } = await createScene()
    const [later = '', earlier = ''] = await news(['5', '3'])
    const batches = order === 'one batch' ? [[later, earlier]] : [[later], [earlier]]
    if (order === 'the other way round') batches.reverse()
    for (const batch of batches) await render(batch)
    expect(await listStatuses(db, [later, earlier]), order).toEqual(['queued', STALE])
    expect(await replacedBy(earlier)).toBe(later)
  }
})

test('sequences that are no numbers go letter by letter; a number and a word tell nothing', async () => {
  const staleOf = async (...sequences: [string | undefined, string | undefined]) => {
    const { news } = await createScene()
    const ids = await news(sequences)
    await render(ids, { replacesOlder: false })
    return (await listStatuses(db, ids))[1] === STALE
  }
  expect(await staleOf('2026-11-21T10:00:00Z', '2026-11-21T09:00:00Z')).toBe(true)
  expect(await staleOf('0010', '9')).toBe(true)
  expect(await staleOf('9', '10')).toBe(false)
  expect(await staleOf('b', 'a')).toBe(true)
  expect(await staleOf('9', 'a')).toBe(false)
  expect(await staleOf('b', '1')).toBe(false)
  expect(await staleOf(undefined, '1')).toBe(false)
  expect(await staleOf('1', undefined)).toBe(false)
})

test('with sequences here and none there, somebody is still told', async () => {
  const { news } = await createScene()
  const ids = await news(['5', undefined, '3'])
  await render(ids)
  const statuses = await listStatuses(db, ids)
  expect(statuses.filter((status) => status === 'queued')).toHaveLength(1)
})
