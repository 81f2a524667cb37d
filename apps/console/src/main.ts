import { createDatabase, requireMigrated } from '@postino/database'
import { createRequestMetrics } from '@postino/http'
import { runService } from '@postino/runtime'
import { createConsole } from './create-console.ts'
import { consoleSettings } from './settings.ts'

await runService('console', consoleSettings, async (service) => {
  const { config, logger } = service
  const database = service.use(
    createDatabase({
      url: config.databaseUrl,
      poolMax: config.poolMax,
      applicationName: 'postino-console',
      onError: (error) => logger.warn({ err: error }, 'connection.failed'),
    }),
  )
  service.checkReadiness('database', () => requireMigrated(database))

  const metrics = createRequestMetrics(service.metrics)
  const app = await createConsole({ database, config, metrics, logger })
  // Last in, first out: requests are answered to the end before Postgres closes.
  service.use(app, 'http server')
  const address = await app.listen({ host: config.host, port: config.port })
  logger.info({ address }, 'http.listening')
})
