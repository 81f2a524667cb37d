import { createDatabase, requireMigrated } from '@postino/database'
import { closeRedis, createRedis, createRenderWorker, createTurnQueue, pingRedis } from '@postino/queues'
import { runService } from '@postino/runtime'
import { createRenderer } from '@postino/templates'
import { createRendererMetrics } from './metrics.ts'
import { createRenderMessages } from './render-messages.ts'
import { rendererSettings } from './settings.ts'

await runService('renderer', rendererSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(createDatabase({ url, poolMax, applicationName: 'postino-renderer', onError }))
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))

  const turns = createTurnQueue({ redis })
  const renderMessages = createRenderMessages({
    database,
    render: createRenderer(),
    wake: (bots) => turns.wake(bots),
    metrics: createRendererMetrics(service.metrics),
    logger,
  })

  const worker = createRenderWorker({
    redis,
    concurrency: config.jobs,
    process: renderMessages,
    onFailed: ({ messageIds, error, attempt, isFinal }) =>
      logger.error({ err: error, messages: messageIds.length, attempt, isFinal }, 'render.failed'),
    onError,
  })
  // Last in, first out: on SIGTERM running jobs end before Redis and Postgres close.
  service.use(worker)
  worker.run()
})
