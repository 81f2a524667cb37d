import { createDatabase, readShards, requireMigrated, requireSameShards } from '@postino/database'
import { closeRedis, createRedis, pingRedis } from '@postino/queues'
import { runService, waitFor, warnOfCodeGeneration } from '@postino/runtime'
import { createRenderer } from './create-renderer.ts'
import { rendererSettings } from './settings.ts'

await runService('renderer', rendererSettings, async (service) => {
  const { config, logger, metrics } = service
  warnOfCodeGeneration(logger)
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(
    createDatabase({ url, poolMax, hasFixedPlans: true, applicationName: 'postino-renderer', onError }),
  )
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))
  requireSameShards(config.shards, await waitFor('database', () => readShards(database), service))

  // Last in, first out: on SIGTERM running jobs end before Redis and Postgres close.
  const renderer = service.use(createRenderer({ config, database, redis, metrics, logger, onError }))
  renderer.run()
})
