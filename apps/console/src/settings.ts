import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

export const consoleSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema.optional(), {
    secret: true,
    doc: 'Redis of the queues, so that a template’s test is sent at once; without it the sweeper brings it.',
  }),
  shards: setting('SHARDS', z.coerce.number().int().min(1).max(1_024).default(1), {
    doc: 'Into how many parts the queues are divided; fixed when the database is first migrated.',
  }),
  port: setting('PORT', z.coerce.number().int().min(0).max(65_535).default(8_083), {
    doc: 'The port of the API; 0 takes a free one.',
  }),
  poolMax: setting('CONSOLE_POOL_MAX', z.coerce.number().int().min(2).max(100).default(10), {
    doc: 'Connections to Postgres.',
  }),
  botPublicUrl: setting('BOT_PUBLIC_URL', z.url({ protocol: /^https?$/ }).optional(), {
    doc: 'Where the hosted opt-in pages are reached from outside; without it no answer shows their address.',
  }),
  importMegabytes: setting(
    'CONSOLE_IMPORT_MEGABYTES',
    z.coerce.number().int().min(1).max(10_000).default(500),
    {
      doc: 'The largest file that is imported; it lies on the disk of this machine meanwhile.',
    },
  ),
  importSeconds: setting('CONSOLE_IMPORT_SECONDS', z.coerce.number().int().min(30).max(3_600).default(600), {
    doc: 'How long a file may take to arrive, and then to be imported.',
  }),
})
