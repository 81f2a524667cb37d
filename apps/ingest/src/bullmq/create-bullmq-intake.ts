import { findShopBySlug, insertRejectedEvents } from '@postino/database'
import { MAX_BATCH_EVENTS } from '@postino/domain'
import { createIntakeWorker, RejectedJobError, type IntakeJob, type RedisConnection } from '@postino/queues'
import { createAccept, type AcceptDependencies } from '../accept/create-accept.ts'
import { readEvent } from '../body/read-event.ts'
import { createCommitLine } from '../stream/create-commit-line.ts'
import { createCommit } from '../stream/create-commit.ts'
import type { StreamShop } from '../stream/stream-entry.ts'
import { eventOfJob } from './event-of-job.ts'

export interface BullmqIntakeDependencies extends AcceptDependencies {
  /** Any connection to the Redis of the queue. */
  redis: RedisConnection
  queue: string
  /** The slug of the shop whose events they are. */
  shop: string
  onError: (error: Error) => void
}

/** Reads what is under way: two batches. */
const CONCURRENCY = 2 * MAX_BATCH_EVENTS
const MAX_WAITING = { entries: CONCURRENCY, bytes: Number.MAX_SAFE_INTEGER }

/**
 * Takes the events of one shop from a BullMQ queue: committed together, and each job completed after the commit. A job whose
 * event cannot be taken fails at once, with the problem as its reason.
 *
 * @throws Error when there is no such shop
 */
export async function createBullmqIntake(
  dependencies: BullmqIntakeDependencies,
): Promise<{ close: () => Promise<void> }> {
  const { database, redis, queue, metrics, logger, onError } = dependencies
  const shop = await findShop(dependencies)
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const line = createCommitLine({
    commit: createCommit({
      accept: createAccept(dependencies),
      recordRejected: (events) => insertRejectedEvents(database, events),
      // What stands for the stream are the jobs themselves.
      streams: {
        async acknowledge(ids) {
          for (const id of ids.get(shop.slug) ?? []) waiting.get(id)?.resolve()
        },
        async reject(entries) {
          for (const { id, problem } of entries) waiting.get(id)?.reject(new RejectedJobError(problem))
        },
      },
      metrics,
      logger,
    }),
    maxEntriesPerCommit: MAX_BATCH_EVENTS,
    maxWaiting: MAX_WAITING,
  })

  async function process(job: IntakeJob): Promise<void> {
    const id = `${queue}:${job.id}:${job.addedAtMs}`
    const end = Promise.withResolvers<void>()
    waiting.set(id, end)
    const event = eventOfJob(job, queue)
    const read = readEvent(event, {
      origin: { shopId: shop.shopId, receivedOver: 'stream' },
      nowMs: Math.min(Date.now(), job.addedAtMs),
    })
    line.add([{ shop, id, bytes: Buffer.from(JSON.stringify(event) ?? ''), read }])
    try {
      await end.promise
    } finally {
      waiting.delete(id)
    }
  }

  const worker = createIntakeWorker({ redis, queue, concurrency: CONCURRENCY, process, onError })
  return {
    async close() {
      await worker.close()
      await line.close()
    },
  }
}

async function findShop({ database, shop: slug }: BullmqIntakeDependencies): Promise<StreamShop> {
  const shop = await findShopBySlug(database, slug)
  if (shop === undefined) throw new Error(`INTAKE_BULLMQ_SHOP names ${slug}, and there is no such shop`)
  return { shopId: shop.id, slug }
}
