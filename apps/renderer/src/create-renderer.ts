import {
  findShardsOfBots,
  finishRendering,
  loadMessagesToRender,
  loadShopsToRender,
  type Database,
} from '@postino/database'
import {
  createRenderWorker,
  createTurnQueue,
  type JobWorker,
  type JobWorkerSettings,
  type RedisConnection,
} from '@postino/queues'
import type { Config, Logger, Metrics } from '@postino/runtime'
import { createRenderer as createRender } from '@postino/templates'
import { gatherJobs } from './gather-jobs.ts'
import { createRendererMetrics } from './metrics.ts'
import { createPolicyOf } from './policy-of.ts'
import { createRenderMessages } from './render-messages.ts'
import type { rendererSettings } from './settings.ts'
import { createShopCache } from './shop-cache.ts'

export interface RendererDependencies {
  config: Pick<Config<typeof rendererSettings>, 'jobs' | 'shards' | 'serve'>
  database: Database
  redis: RedisConnection
  metrics: Metrics
  logger: Logger
  onError: (error: Error) => void
  /** How soon the jobs of a dead renderer are taken over; the defaults are the queue's. */
  recovery?: Pick<JobWorkerSettings, 'lockDurationMs' | 'stalledIntervalMs'>
}

/** The renderer: a worker that turns accepted messages into queued ones. */
export function createRenderer(dependencies: RendererDependencies): JobWorker {
  const { config, database, redis, logger, onError, recovery } = dependencies
  const { shards, serve } = config
  const findShards = (botIds: string[]) => findShardsOfBots(database, botIds)
  const turns = createTurnQueue({ redis, shards, findShards })
  const renderMessages = createRenderMessages({
    load: (messageIds) => loadMessagesToRender(database, messageIds),
    findShops: createShopCache({
      load: (wanted) => loadShopsToRender(database, wanted),
      policyOf: createPolicyOf(logger),
    }),
    finish: (outcomes) => finishRendering(database, outcomes),
    wake: (bots) => turns.wake(bots),
    render: createRender(),
    metrics: createRendererMetrics(dependencies.metrics),
    logger,
  })
  const worker = createRenderWorker({
    ...recovery,
    redis,
    shards,
    serve,
    concurrency: config.jobs,
    process: gatherJobs(renderMessages, config.jobs),
    onFailed: ({ messageIds, error, attempt, isFinal }) =>
      logger.error({ err: error, messages: messageIds.length, attempt, isFinal }, 'render.failed'),
    onError,
  })
  return {
    run: worker.run,
    async close() {
      await worker.close()
      await turns.close()
    },
  }
}
