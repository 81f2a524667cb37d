import { defineSettings, runService, setting, waitFor } from '@postino/runtime'
import { z } from 'zod'

// A service that does as its settings say: what runService promises is tried on it from outside.

const FAILURES = [
  'none',
  'hanging_close',
  'throwing_close',
  'rejection',
  'empty_rejection',
  'exception',
  'compose',
  'missing_peer',
] as const

const settings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  poolMax: setting('TRIAL_POOL_MAX', z.coerce.number().int().min(1).max(100).default(10), {
    doc: 'Connections.',
  }),
  failure: setting('TRIAL_FAILURE', z.enum(FAILURES).default('none'), { doc: 'What goes wrong.' }),
  token: setting('TRIAL_TOKEN', z.string().optional(), { secret: true, doc: 'A bot token.' }),
})

await runService('trial', settings, async (service) => {
  const { config, logger } = service
  const closing = (resource: string, work: () => Promise<void>) => ({
    async close() {
      logger.info({ resource }, 'trial.closing')
      await work()
    },
  })
  service.signal.addEventListener('abort', () => logger.info({}, 'trial.aborted'))
  service.use(closing('first', async () => undefined))
  if (config.failure === 'hanging_close')
    service.use(
      closing('stuck', () => new Promise(() => undefined)),
      'stuck',
    )
  if (config.failure === 'throwing_close') {
    service.use(
      closing('broken', () => Promise.reject(new Error('no end'))),
      'broken',
    )
  }
  service.use(closing('last', async () => undefined))
  service.checkReadiness('trial', async () => undefined)

  const failure = new Error(`calling /bot${config.token}/getMe failed`, {
    cause: new Error(String(config.token)),
  })
  if (config.failure === 'missing_peer') await waitFor('peer', () => Promise.reject(failure), service)
  if (config.failure === 'compose') throw failure
  if (config.failure === 'rejection') void Promise.reject(failure)
  if (config.failure === 'empty_rejection') void Promise.reject()
  if (config.failure === 'exception') setImmediate(() => throwIt(failure))
})

function throwIt(error: Error): never {
  throw error
}
