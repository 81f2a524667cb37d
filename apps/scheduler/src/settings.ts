import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

export const schedulerSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  sweepSeconds: setting('SCHEDULER_SWEEP_SECONDS', z.coerce.number().int().min(1).max(3_600).default(5), {
    doc: 'Between two sweeps.',
  }),
  forgottenSeconds: setting(
    'SCHEDULER_FORGOTTEN_SECONDS',
    z.coerce.number().int().min(1).max(3_600).default(15),
    {
      doc: 'Work that stood still for so long is believed to have lost its job.',
    },
  ),
})
