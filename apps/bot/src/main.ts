import { createDatabase, createKeyring, parseSecretKeys, requireMigrated } from '@postino/database'
import { every, runService } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { createBotFactory } from './create-bot.ts'
import { createComposer } from './create-composer.ts'
import { listenByPolling, listenByWebhook } from './listen.ts'
import { createBotMetrics } from './metrics.ts'
import { serveBots } from './serve-bots.ts'
import { createRedraw } from './redraw.ts'
import { botSettings } from './settings.ts'
import { createWebhookServer } from './webhook-server.ts'

await runService('bot', botSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(createDatabase({ url, poolMax, applicationName: 'postino-bot', onError }))
  service.checkReadiness('database', () => requireMigrated(database))

  const apiRoot = config.telegramApiRoot
  const transport = service.use(createTelegramTransport({ apiRoot, connections: config.connections }))
  const createBot = createBotFactory({
    database,
    transport,
    apiRoot,
    composer: createComposer({ redraw: createRedraw(logger) }),
    logger,
  })
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const listen =
    config.publicUrl === undefined
      ? listenByPolling(logger)
      : listenByWebhook(config.publicUrl.replace(/\/$/, ''))
  const bots = service.use(serveBots({ database, keyring, createBot, listen, logger }))

  const server = service.use(
    createWebhookServer({ bots, metrics: createBotMetrics(service.metrics), logger }),
  )
  await server.listen({ host: config.host, port: config.port })
  service.use(every(config.refreshSeconds * 1_000, bots.refresh, { name: 'bots.refresh', logger }))
})
