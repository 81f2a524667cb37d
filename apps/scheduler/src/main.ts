import { createDatabase, readShards, requireMigrated, requireSameShards } from '@postino/database'
import { closeRedis, createRedis, pingRedis } from '@postino/queues'
import { runService, waitFor } from '@postino/runtime'
import { createScheduler } from './create-scheduler.ts'
import { schedulerSettings } from './settings.ts'

const POOL_MAX = 3

await runService('scheduler', schedulerSettings, async (service) => {
  const { config, logger, metrics } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const database = service.use(
    createDatabase({
      url: config.databaseUrl,
      poolMax: POOL_MAX,
      applicationName: 'postino-scheduler',
      onError,
    }),
  )
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))
  requireSameShards(config.shards, await waitFor('database', () => readShards(database), service))

  service.use(createScheduler({ config, database, redis, metrics, logger }))
})
