import { createDatabase, readShards, requireMigrated, requireSameShards } from '@postino/database'
import { createRequestMetrics } from '@postino/http'
import { closeRedis, createRedis, createRenderQueue } from '@postino/queues'
import { runService, waitFor } from '@postino/runtime'
import { createConsole } from './create-console.ts'
import { consoleSettings } from './settings.ts'

await runService('console', consoleSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')
  const database = service.use(
    createDatabase({
      url: config.databaseUrl,
      poolMax: config.poolMax,
      applicationName: 'postino-console',
      onError,
    }),
  )
  service.checkReadiness('database', () => requireMigrated(database))

  // No part of being ready: without Redis a test waits for the sweeper, and all else goes on.
  const renderQueue = config.redisUrl === undefined ? undefined : await openRenderQueue(config.redisUrl)

  const metrics = createRequestMetrics(service.metrics)
  const app = await createConsole({
    database,
    config,
    addRenderJobs: renderQueue?.add,
    metrics,
    logger,
  })
  // Last in, first out: requests are answered to the end before Postgres closes.
  service.use(app, 'http server')
  const address = await app.listen({ host: config.host, port: config.port })
  logger.info({ address }, 'http.listening')

  async function openRenderQueue(url: string) {
    const { shards } = config
    requireSameShards(shards, await waitFor('database', () => readShards(database), service))
    const redis = createRedis({ url, onError, onWarning: (text) => logger.warn(text) })
    service.use({ close: () => closeRedis(redis) }, 'redis')
    return service.use(createRenderQueue({ redis, shards }))
  }
})
