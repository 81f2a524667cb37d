import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

export const rendererSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', z.url(), { secret: true, doc: 'Redis of the queues.' }),
  jobs: setting('RENDERER_CONCURRENCY', z.coerce.number().int().min(1).max(100).default(4), {
    doc: 'Jobs of up to 50 messages at the same time.',
  }),
  poolMax: setting('RENDERER_POOL_MAX', z.coerce.number().int().min(1).max(100).default(5), {
    doc: 'Connections to Postgres.',
  }),
})
