import { hostname } from 'node:os'
import { createDatabase, readShards, requireMigrated, requireSameShards } from '@postino/database'
import { closeRedis, createRedis, pingRedis } from '@postino/queues'
import { runService, waitFor, warnOfCodeGeneration } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { createSender } from './create-sender.ts'
import { senderSettings } from './settings.ts'

await runService('sender', senderSettings, async (service) => {
  const { config, logger, metrics } = service
  warnOfCodeGeneration(logger)
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(
    createDatabase({ url, poolMax, hasFixedPlans: true, applicationName: 'postino-sender', onError }),
  )
  const onWarning = (text: string) => logger.warn(text)
  const redis = createRedis({ url: config.redisUrl, role: 'worker', onError, onWarning })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))
  requireSameShards(config.shards, await waitFor('database', () => readShards(database), service))

  const { telegramApiRoot: apiRoot, connections } = config
  const transport = service.use(createTelegramTransport({ apiRoot, connections }))
  const clockId = hostname()
  // Last in, first out: on SIGTERM running turns end before Telegram, Redis and Postgres close.
  const sender = service.use(
    createSender({ config, database, redis, transport, clockId, metrics, logger, onError }),
  )
  sender.run()
})
