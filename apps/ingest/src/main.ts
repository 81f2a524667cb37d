import { createDatabase, requireMigrated } from '@postino/database'
import { closeRedis, createRedis, createRenderQueue, pingRedis } from '@postino/queues'
import { runService } from '@postino/runtime'
import { createIngest } from './create-ingest.ts'
import { createIngestMetrics } from './metrics.ts'
import { ingestSettings } from './settings.ts'

await runService('ingest', ingestSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(createDatabase({ url, poolMax, applicationName: 'postino-ingest', onError }))
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) }, 'redis')
  const renderQueue = service.use(createRenderQueue({ redis }))
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))

  const metrics = createIngestMetrics(service.metrics)
  const app = await createIngest({ database, enqueue: renderQueue.add, config, metrics, logger })
  // Last in, first out: requests are answered to the end before Redis and Postgres close.
  service.use(app, 'http server')
  const address = await app.listen({ host: config.host, port: config.port })
  logger.info({ address }, 'http.listening')
})
