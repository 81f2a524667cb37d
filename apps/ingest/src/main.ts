import { createDatabase, readShards, requireMigrated, requireSameShards } from '@postino/database'
import { closeRedis, createRedis, createRenderQueue, pingRedis } from '@postino/queues'
import { runService, waitFor } from '@postino/runtime'
import { createBullmqIntake } from './bullmq/create-bullmq-intake.ts'
import { createIngest } from './create-ingest.ts'
import { createIngestMetrics } from './metrics.ts'
import { ingestSettings } from './settings.ts'
import { createStreamIntake } from './stream/create-stream-intake.ts'

await runService('ingest', ingestSettings, async (service) => {
  const { config, logger } = service
  const onError = (error: Error) => logger.warn({ err: error }, 'connection.failed')

  const { databaseUrl: url, poolMax } = config
  const database = service.use(
    createDatabase({ url, poolMax, hasFixedPlans: true, applicationName: 'postino-ingest', onError }),
  )
  const openRedis = (redisUrl: string, name: string) => {
    const redis = createRedis({ url: redisUrl, onError, onWarning: (text) => logger.warn(text) })
    service.use({ close: () => closeRedis(redis) }, name)
    service.checkReadiness(name, () => pingRedis(redis))
    return redis
  }
  const { redisUrl, intakeRedisUrl } = config
  const redis = openRedis(redisUrl, 'redis')
  const intakeRedis = intakeRedisUrl === undefined ? redis : openRedis(intakeRedisUrl, 'intake redis')
  service.checkReadiness('database', () => requireMigrated(database))
  const { shards } = config
  requireSameShards(shards, await waitFor('database', () => readShards(database), service))
  const renderQueue = service.use(createRenderQueue({ redis, shards }))

  const metrics = createIngestMetrics(service.metrics)
  const accepting = { database, enqueue: renderQueue.add, metrics, logger }
  service.use(createStreamIntake({ ...accepting, redis: intakeRedis, onError }), 'stream intake')
  const { intakeBullmqQueue: queue, intakeBullmqShop: shop } = config
  if ((queue === undefined) !== (shop === undefined)) {
    throw new Error('INTAKE_BULLMQ_QUEUE and INTAKE_BULLMQ_SHOP belong together: set both, or none')
  }
  if (queue !== undefined && shop !== undefined) {
    const jobs = await createBullmqIntake({ ...accepting, redis: intakeRedis, queue, shop, onError })
    service.use(jobs, 'bullmq intake')
  }
  const app = await createIngest({ ...accepting, config })
  // Last in, first out: requests are answered to the end before Redis and Postgres close.
  service.use(app, 'http server')
  const address = await app.listen({ host: config.host, port: config.port })
  logger.info({ address }, 'http.listening')
})
