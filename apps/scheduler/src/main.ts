import { createDatabase, requireMigrated } from '@postino/database'
import { closeRedis, createRedis, createRenderQueue, createTurnQueue, pingRedis } from '@postino/queues'
import { every, runService } from '@postino/runtime'
import { schedulerSettings } from './settings.ts'
import { createSweep } from './sweep.ts'

const MOST_PER_SWEEP = 5_000
const POOL_MAX = 2

await runService('scheduler', schedulerSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')
  const swept = service.metrics.counter({
    name: 'postino_swept_total',
    help: 'Work that had lost its job and got a new one; zero in normal running.',
    labelNames: ['stage'],
  })

  const { databaseUrl: url } = config
  const database = service.use(
    createDatabase({ url, poolMax: POOL_MAX, applicationName: 'postino-scheduler', onError }),
  )
  const redis = createRedis({ url: config.redisUrl, onError, onWarning: (text) => logger.warn(text) })
  service.use({ close: () => closeRedis(redis) })
  service.checkReadiness('database', () => requireMigrated(database))
  service.checkReadiness('redis', () => pingRedis(redis))

  const renders = createRenderQueue({ redis })
  const turns = createTurnQueue({ redis })
  const forgottenMs = config.forgottenSeconds * 1_000
  const sweep = createSweep(
    {
      database,
      enqueueRender: (messageIds) => renders.add(messageIds),
      wake: (bots) => turns.wake(bots),
      swept: (stage, count) => {
        swept.inc({ stage }, count)
        logger.warn({ stage, count }, 'work.swept')
      },
    },
    { renderAfterMs: forgottenMs, turnAfterMs: forgottenMs, limit: MOST_PER_SWEEP },
  )
  service.use(every(config.sweepSeconds * 1_000, sweep, { name: 'sweep', logger }))
})
