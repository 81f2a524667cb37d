import {
  admitWaitingRegistrations,
  clearOldBatch,
  deleteOldTelegramFiles,
  findPartitionsAheadDays,
  findRegistrationUsage,
  findShardsOfBots,
  listForgottenBots,
  listForgottenMessages,
  listShopsWithQuota,
  makePartitions,
  releaseDeferred,
  RETENTION_KINDS,
  withSweepLock,
  type Database,
} from '@postino/database'
import { createQueueDepths, createRenderQueue, createTurnQueue, type RedisConnection } from '@postino/queues'
import { every, type Config, type Logger, type Metrics } from '@postino/runtime'
import { createReplacements } from './replacement/create-replacements.ts'
import { createRetention, type RetentionDays } from './create-retention.ts'
import { createRecheckTemplates } from './recheck-templates.ts'
import { createReleaseDeferred } from './release-deferred.ts'
import type { schedulerSettings } from './settings.ts'
import { createSweep } from './sweep.ts'
import { createWatchQuotas } from './watch-quotas.ts'

export interface SchedulerDependencies {
  config: Omit<Config<typeof schedulerSettings>, 'databaseUrl' | 'redisUrl'>
  database: Database
  redis: RedisConnection
  metrics: Metrics
  logger: Logger
}

const MOST_PER_SWEEP = 5_000
const HOLD_MS = 1_000
/** After STOP what is deferred has to end within a second. */
const RELEASE_EVERY_MS = 500
/** More than a bot sends between two steps, and few enough to stand in nobody's way. */
const MOST_INVITATIONS_WAITING = 200
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** The scheduler: starts at once, and sweeps until it is closed. */
export function createScheduler(dependencies: SchedulerDependencies): { close: () => Promise<void> } {
  const { config, database, logger } = dependencies
  const queues = openQueues(dependencies)
  const { turns } = queues
  const watchQuotas = createWatchQuotas({
    listShops: () => listShopsWithQuota(database),
    admitWaiting: (shopId) => admitWaitingRegistrations(database, shopId),
    findUsage: (shopId) => findRegistrationUsage(database, shopId),
    logger,
  })
  const replacements = createReplacements({
    database,
    wake: (bots) => turns.wake(bots),
    logger,
    mostWaiting: MOST_INVITATIONS_WAITING,
  })
  const retention = createRetention({
    days: retentionDays(config),
    clear: (batch) => clearOldBatch(database, batch),
    cleared: countCleared(dependencies),
  })
  const recheck = createRecheckTemplates(dependencies)
  const work = [
    every(RELEASE_EVERY_MS, releaseWith(dependencies, queues), { name: 'release_deferred', logger }),
    every(config.sweepSeconds * 1_000, sweepWith(dependencies, queues), { name: 'sweep', logger }),
    every(config.sweepSeconds * 1_000, replacements, { name: 'replacements', logger }),
    every(HOUR_MS, () => deleteOldTelegramFiles(database), { name: 'forget_files', logger }),
    every(HOUR_MS, partitionsWith(dependencies), { name: 'partitions', logger }),
    every(HOUR_MS, retention.run, { name: 'retention', logger }),
    every(HOUR_MS, recheck.run, { name: 'recheck', logger }),
    every(MINUTE_MS, watchQuotas, { name: 'watch_quotas', logger }),
  ]

  return {
    async close() {
      retention.stop()
      recheck.stop()
      await Promise.all(work.map((each) => each.close()))
      await queues.close()
    },
  }
}

type Queues = ReturnType<typeof openQueues>

function openQueues({ redis, database, config: { shards } }: SchedulerDependencies) {
  const renders = createRenderQueue({ redis, shards })
  const findShards = (botIds: string[]) => findShardsOfBots(database, botIds)
  const turns = createTurnQueue({ redis, shards, findShards })
  const depths = createQueueDepths({ redis, shards })
  return {
    renders,
    turns,
    countWaitingRenders: async () => (await depths.read()).render.waiting,
    async close() {
      await Promise.all([renders.close(), turns.close(), depths.close()])
    },
  }
}

function sweepWith({ config, database, metrics, logger }: SchedulerDependencies, queues: Queues) {
  const { renders, turns, countWaitingRenders } = queues
  const swept = metrics.counter({
    name: 'postino_swept_total',
    help: 'Work that had lost its job and got a new one; zero in normal running.',
    labelNames: ['stage'],
  })
  // A zero that can be seen is better than a series that is not there.
  for (const stage of ['render', 'turn']) swept.inc({ stage }, 0)

  const forgottenMs = config.forgottenSeconds * 1_000
  return createSweep({
    async alone(work) {
      await withSweepLock(database, (locked) =>
        work({
          messages: () => listForgottenMessages(locked, { olderThanMs: forgottenMs, limit: MOST_PER_SWEEP }),
          bots: () => listForgottenBots(locked, { idleMs: forgottenMs, limit: MOST_PER_SWEEP }),
        }),
      )
    },
    countWaitingRenders,
    enqueueRender: (messageIds) => renders.add(messageIds),
    withoutTurn: (bots) => turns.withoutTurn(bots),
    wake: (bots) => turns.wake(bots),
    swept(stage, count) {
      swept.inc({ stage }, count)
      logger.warn({ stage, count }, 'work.swept')
    },
    holdMs: HOLD_MS,
  })
}

function releaseWith({ database, metrics }: SchedulerDependencies, queues: Queues) {
  const released = metrics.counter({
    name: 'postino_deferred_released_total',
    help: 'Messages that were deferred and are rendered again, as their time has come.',
  })
  return createReleaseDeferred({
    release: (limit) => releaseDeferred(database, { limit }),
    countWaitingRenders: queues.countWaitingRenders,
    enqueueRender: (messageIds) => queues.renders.add(messageIds),
    released: (count) => released.inc(count),
  })
}

/** Ahead of time, so that each row finds its partition; two weeks, so that there is time to notice when it is not done. */
function partitionsWith({ config, database, metrics, logger }: SchedulerDependencies) {
  metrics.gauge({
    name: 'postino_partitions_ahead_days',
    help: 'For so many days from now on events and messages have partitions; two weeks in normal running.',
    collect: async (gauge) => gauge.set(await findPartitionsAheadDays(database)),
  })
  return async () => {
    const made = await makePartitions(database, { days: config.partitionDays })
    if (made > 0) logger.info({ made }, 'partitions.made')
  }
}

function retentionDays(config: SchedulerDependencies['config']): RetentionDays {
  return {
    event_data: config.eventDataDays,
    message_content: config.messageContentDays,
    messages: config.trailDays,
    events: config.trailDays,
    rejected_events: config.trailDays,
    telegram_updates: config.telegramUpdatesDays,
    optin_links: config.optinLinksDays,
    consent_visitors: config.consentVisitorsDays,
    consent_details: config.consentDetailsDays,
  }
}

function countCleared({ metrics, logger }: SchedulerDependencies): (kind: string, rows: number) => void {
  const counter = metrics.counter({
    name: 'postino_retention_rows_total',
    help: 'Rows whose time was over: emptied or deleted.',
    labelNames: ['kind'],
  })
  for (const kind of RETENTION_KINDS) counter.inc({ kind }, 0)
  return (kind, rows) => {
    if (rows === 0) return
    counter.inc({ kind }, rows)
    logger.info({ kind, rows }, 'data.cleared')
  }
}
