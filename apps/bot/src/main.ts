import {
  createDatabase,
  createKeyring,
  parseSecretKeys,
  pingDatabase,
  requireMigrated,
} from '@postino/database'
import { every, runService, waitFor, warnOfCodeGeneration } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { SYSTEM_CLOCK } from './bot/clock.ts'
import { createBotFactory } from './bot/create-bot.ts'
import { createComposer } from './bot/create-composer.ts'
import { REPLY_PACE } from './bot/reply-pace.ts'
import { createTelegramLogin } from './login/telegram-login.ts'
import { createBotMetrics } from './metrics.ts'
import { createPages } from './pages/create-pages.ts'
import { createAnswerWebhook } from './serve/answer-webhook.ts'
import { createHttpServer } from './serve/http-server.ts'
import { listenByPolling } from './serve/listen-by-polling.ts'
import { listenByWebhook } from './serve/listen-by-webhook.ts'
import { serveBots } from './serve/serve-bots.ts'
import { botSettings } from './settings.ts'

await runService('bot', botSettings, async (service) => {
  const { config, logger } = service
  warnOfCodeGeneration(logger)
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')
  const metrics = createBotMetrics(service.metrics)

  const { databaseUrl: url, poolMax } = config
  const database = service.use(createDatabase({ url, poolMax, applicationName: 'postino-bot', onError }))
  service.checkReadiness('database', () => requireMigrated(database))
  await waitFor('database', () => requireMigrated(database), service)

  const apiRoot = config.telegramApiRoot
  const transport = service.use(createTelegramTransport({ apiRoot, connections: config.connections }))
  const createBot = createBotFactory({
    database,
    transport,
    apiRoot,
    composer: createComposer({ database }),
    clock: SYSTEM_CLOCK,
    pace: REPLY_PACE,
    metrics,
    publicUrl: config.publicUrl,
  })

  const listen =
    config.publicUrl === undefined
      ? listenByPolling({ pingDatabase: () => pingDatabase(database), metrics })
      : listenByWebhook(config.publicUrl)
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const bots = service.use(serveBots({ database, keyring, createBot, listen, logger }), 'bots')
  // Before the first webhook comes, its bot is known.
  await bots.refresh()
  service.use(every(config.refreshSeconds * 1_000, bots.refresh, { name: 'bots.refresh', logger }), 'refresh')

  // Last in, first out: on SIGTERM updates under way are handled and answered before anything closes.
  const { publicUrl, addressHeader, linkOpener, loginIssuer: issuer } = config
  const loginOptions = { database, keyring, findBot: bots.findById, nowMs: Date.now, logger }
  const login = issuer === undefined ? undefined : createTelegramLogin({ issuer, ...loginOptions })
  const retention = {
    eventData: config.eventDataDays,
    messageContent: config.messageContentDays,
    trail: config.trailDays,
    consentVisitors: config.consentVisitorsDays,
    consentDetails: config.consentDetailsDays,
  }
  const addresses = { publicUrl, addressHeader, linkOpener }
  const pages = createPages({ ...addresses, database, retention, login, metrics, logger })
  const answerWebhook = createAnswerWebhook({ findBot: bots.find, metrics, logger })
  const server = service.use(createHttpServer({ answerWebhook, answerPage: pages.answer }), 'http server')
  const port = await server.listen({ host: config.host, port: config.port })
  logger.info({ port }, 'http.listening')
})
