import {
  admitWaitingRegistrations,
  deleteOldTelegramFiles,
  findRegistrationUsage,
  listForgottenBots,
  listForgottenMessages,
  listShopsWithQuota,
  withSweepLock,
  type Database,
} from '@postino/database'
import { createQueueDepths, createRenderQueue, createTurnQueue, type RedisConnection } from '@postino/queues'
import { every, type Config, type Logger, type Metrics } from '@postino/runtime'
import type { schedulerSettings } from './settings.ts'
import { createSweep } from './sweep.ts'
import { createWatchQuotas } from './watch-quotas.ts'

export interface SchedulerDependencies {
  config: Pick<Config<typeof schedulerSettings>, 'sweepSeconds' | 'forgottenSeconds'>
  database: Database
  redis: RedisConnection
  metrics: Metrics
  logger: Logger
}

const MOST_PER_SWEEP = 5_000
const HOLD_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** The scheduler: starts at once, and sweeps until it is closed. */
export function createScheduler(dependencies: SchedulerDependencies): { close: () => Promise<void> } {
  const { config, database, redis, logger } = dependencies
  const renders = createRenderQueue({ redis })
  const turns = createTurnQueue({ redis })
  const depths = createQueueDepths({ redis })
  const swept = dependencies.metrics.counter({
    name: 'postino_swept_total',
    help: 'Work that had lost its job and got a new one; zero in normal running.',
    labelNames: ['stage'],
  })
  // A zero that can be seen is better than a series that is not there.
  for (const stage of ['render', 'turn']) swept.inc({ stage }, 0)

  const forgottenMs = config.forgottenSeconds * 1_000
  const sweep = createSweep({
    async alone(work) {
      await withSweepLock(database, (locked) =>
        work({
          messages: () => listForgottenMessages(locked, { olderThanMs: forgottenMs, limit: MOST_PER_SWEEP }),
          bots: () => listForgottenBots(locked, { idleMs: forgottenMs, limit: MOST_PER_SWEEP }),
        }),
      )
    },
    countWaitingRenders: async () => (await depths.read()).render.waiting,
    enqueueRender: (messageIds) => renders.add(messageIds),
    withoutTurn: (bots) => turns.withoutTurn(bots),
    wake: (bots) => turns.wake(bots),
    swept(stage, count) {
      swept.inc({ stage }, count)
      logger.warn({ stage, count }, 'work.swept')
    },
    holdMs: HOLD_MS,
  })
  const watchQuotas = createWatchQuotas({
    listShops: () => listShopsWithQuota(database),
    admitWaiting: (shopId) => admitWaitingRegistrations(database, shopId),
    findUsage: (shopId) => findRegistrationUsage(database, shopId),
    logger,
  })
  const work = [
    every(config.sweepSeconds * 1_000, sweep, { name: 'sweep', logger }),
    every(HOUR_MS, () => deleteOldTelegramFiles(database), { name: 'forget_files', logger }),
    every(MINUTE_MS, watchQuotas, { name: 'watch_quotas', logger }),
  ]

  return {
    async close() {
      await Promise.all(work.map((each) => each.close()))
      await Promise.all([renders.close(), turns.close(), depths.close()])
    },
  }
}
