import { createDatabase, createKeyring, parseSecretKeys, requireMigrated } from '@postino/database'
import { closeRedis, createRedis, createTurnState, createTurnWorker, pingRedis } from '@postino/queues'
import { runService } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { createBotApis } from './bot-apis.ts'
import { createClaim, createGiveBack, createRecord } from './database-steps.ts'
import { createDeliver } from './deliver.ts'
import { createFollow } from './follow.ts'
import { createSenderMetrics } from './metrics.ts'
import { createRunTurn } from './run-turn.ts'
import { senderSettings } from './settings.ts'
import { createTakeTurn } from './take-turn.ts'

await runService('sender', senderSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')
  const metrics = createSenderMetrics(service.metrics)

  const { databaseUrl: url, poolMax } = config
  const database = service.use(createDatabase({ url, poolMax, applicationName: 'postino-sender', onError }))
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))

  const apiRoot = config.telegramApiRoot
  const transport = service.use(createTelegramTransport({ apiRoot, connections: config.connections }))
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const findBotApi = createBotApis({ keyring, transport, apiRoot })
  const record = createRecord(database, logger)
  const follow = createFollow({ database, logger })
  const deliver = createDeliver({ findBotApi, record, follow, metrics, logger })
  const runTurn = createRunTurn({ claim: createClaim(database), deliver, giveBack: createGiveBack(record) })
  const turnState = createTurnState({ redis })
  const { limitPerSecond, turns: concurrency } = config
  const takeTurn = createTakeTurn({ database, turnState, runTurn, metrics, limitPerSecond })

  const worker = createTurnWorker({
    redis,
    concurrency,
    process: takeTurn,
    onFailed: ({ turn, error, failures }) =>
      logger.error({ err: error, bot: turn?.botId, failures }, 'turn.failed'),
    onError,
  })
  // Last in, first out: on SIGTERM running turns end before Redis and Postgres close.
  service.use(worker)
  worker.run()
})
