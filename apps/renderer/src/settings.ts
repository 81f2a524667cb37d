import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

export const rendererSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  jobs: setting('RENDERER_CONCURRENCY', z.coerce.number().int().min(1).max(100).default(4), {
    doc: 'Jobs of up to 50 messages at the same time.',
  }),
  poolMax: setting('RENDERER_POOL_MAX', z.coerce.number().int().min(1).max(100).default(5), {
    doc: 'Connections to Postgres.',
  }),
})
