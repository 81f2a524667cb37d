import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

const shardListSchema = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'it is no list of numbers with commas between')
  .transform((text) => [...new Set(text.split(',').map(Number))])

export const rendererSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  shards: setting('SHARDS', z.coerce.number().int().min(1).max(1_024).default(1), {
    doc: 'Into how many parts the queues are divided; fixed when the database is first migrated.',
  }),
  serve: setting('RENDERER_SHARDS', shardListSchema.optional(), {
    doc: 'Those of the shards this process serves, such as 0,2; left out, all of them.',
  }),
  jobs: setting('RENDERER_CONCURRENCY', z.coerce.number().int().min(1).max(100).default(20), {
    doc: 'Jobs of up to 50 messages at the same time; those that come together share their statements.',
  }),
  poolMax: setting('RENDERER_POOL_MAX', z.coerce.number().int().min(1).max(100).default(5), {
    doc: 'Connections to Postgres.',
  }),
})
