import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

export const ingestSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  shards: setting('SHARDS', z.coerce.number().int().min(1).max(1_024).default(1), {
    doc: 'Into how many parts the queues are divided; fixed when the database is first migrated.',
  }),
  intakeRedisUrl: setting('INTAKE_REDIS_URL', redisUrlSchema.optional(), {
    secret: true,
    doc: 'Redis of the shops’ streams, when it is another one than that of the queues.',
  }),
  intakeBullmqQueue: setting(
    'INTAKE_BULLMQ_QUEUE',
    z
      .string()
      .regex(/^[\w:{}.-]+$/)
      .optional(),
    {
      doc: 'A BullMQ queue on that Redis whose jobs are events, for an install with one shop that is trusted: orders, or with a prefix of its keys shop:orders.',
    },
  ),
  intakeBullmqShop: setting('INTAKE_BULLMQ_SHOP', z.string().optional(), {
    doc: 'The slug of the shop whose events they are.',
  }),
  port: setting('PORT', z.coerce.number().int().min(0).max(65_535).default(8_080), {
    doc: 'The port of the API; 0 takes a free one.',
  }),
  poolMax: setting('INGEST_POOL_MAX', z.coerce.number().int().min(2).max(100).default(10), {
    doc: 'Connections to Postgres.',
  }),
  maxWaitingEvents: setting(
    'INGEST_MAX_WAITING_EVENTS',
    z.coerce.number().int().min(1_000).max(1_000_000).default(5_000),
    { doc: 'Events that may wait for Postgres; one shop gets half of it. Beyond that the answer is 503.' },
  ),
  maxBodyMebibytes: setting(
    'INGEST_MAX_BODY_MEBIBYTES',
    z.coerce.number().int().min(8).max(4_096).default(64),
    {
      doc: 'Memory for bodies being read and answered; one shop gets half of it. Beyond that the answer is 503.',
    },
  ),
})
