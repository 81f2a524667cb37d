import { EXAMPLES } from '@postino/domain'
import { createBullmqIntake } from '@postino/ingest/bullmq/create-bullmq-intake.ts'
import { createIngestMetrics } from '@postino/ingest/metrics.ts'
import { createLogger, createMetrics } from '@postino/runtime'
// oxlint-disable-next-line no-restricted-imports -- This is the shop, and not Postino.
import { Queue } from 'bullmq'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import { countRows, createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { listTaken, openRedis } from './stream-under-test.ts'

const database = openDatabase(await createTestDatabase())
const redis = openRedis(await createTestRedis())

test('the jobs of a shop’s own queue are events: all are taken once, and a bad one fails with its problem', async () => {
  const { shopId } = await createShop(database, 'shop')
  const queue = new Queue('orders', { connection: redis })
  atEnd(() => queue.close())
  const { type, data, id } = EXAMPLES['order.status_changed']
  // As shops have it: the kind as the name, and what there is to say as the data.
  const plain = await queue.add(type, data, { attempts: 5 })
  await queue.add(type, data, { jobId: 'chosen' })
  await queue.add('any', { type, id: 'short', data })
  await queue.add('any', orderEvent(id))
  await queue.addBulk(
    Array.from({ length: 500 }, (_, index) => ({ name: 'any', data: orderEvent(`evt-${index}`) })),
  )
  const bad = await queue.add('order.state_changed', data, { attempts: 5 })

  const intake = await createBullmqIntake({
    database,
    redis,
    queue: 'orders',
    shop: 'shop',
    enqueue: async () => undefined,
    metrics: createIngestMetrics(createMetrics('ingest')),
    logger: createLogger({ name: 'ingest', level: 'silent' }),
    onError: () => undefined,
  })
  atEnd(() => intake.close())

  await waitUntil(async () => (await queue.getCompletedCount()) === 504)
  expect(await countRows(database)).toEqual({ events: 504, messages: 504 })
  const ids = await listTaken(database, shopId)
  expect(ids).toEqual(
    expect.arrayContaining([`orders-${plain.id}-${plain.timestamp}`, 'chosen', 'short', id]),
  )
  const failed = await waitUntil(async () => {
    const job = await queue.getJob(bad.id ?? '')
    return (await job?.getState()) === 'failed' ? job : undefined
  })
  expect(JSON.parse(failed.failedReason)).toMatchObject({ status: 422, errors: [{ code: 'unknown_kind' }] })
  expect(failed.attemptsMade).toBe(1)
})
