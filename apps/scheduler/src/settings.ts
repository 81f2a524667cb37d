import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

/** Of a kind of data: how long it is kept. */
function days(variable: string, doc: string, { usual, least = 0 }: { usual: number; least?: number }) {
  const schema = z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .refine((value) => value === 0 || value >= least, { error: `it is 0, or at least ${least}` })
  return setting(variable, schema.default(usual), { doc: `${doc}, in days; 0: for ever.` })
}

export const schedulerSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  shards: setting('SHARDS', z.coerce.number().int().min(1).max(1_024).default(1), {
    doc: 'Into how many parts the queues are divided; fixed when the database is first migrated.',
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
  partitionDays: setting('PARTITION_DAYS', z.coerce.number().int().min(1).max(31).default(7), {
    doc: 'For so many days events and messages stand in one partition, which goes as a whole; 1 for millions a day.',
  }),
  eventDataDays: days('RETENTION_EVENT_DATA_DAYS', 'How long the data of events is kept', { usual: 30 }),
  messageContentDays: days('RETENTION_MESSAGE_CONTENT_DAYS', 'How long the texts of messages are kept', {
    usual: 90,
  }),
  trailDays: days('RETENTION_TRAIL_DAYS', 'How long is kept what became of events and messages', {
    usual: 730,
  }),
  // Telegram delivers an update for a day.
  telegramUpdatesDays: days(
    'RETENTION_TELEGRAM_UPDATES_DAYS',
    'How long is kept which updates of Telegram took effect',
    { usual: 7, least: 2 },
  ),
  optinLinksDays: days('RETENTION_OPTIN_LINKS_DAYS', 'How long links are kept that are used or expired', {
    usual: 30,
  }),
  consentVisitorsDays: days(
    'RETENTION_CONSENT_VISITORS_DAYS',
    'How long the network address and browser behind a consent on the web are kept; then as a hash',
    { usual: 90 },
  ),
  consentDetailsDays: days(
    'RETENTION_CONSENT_DETAILS_DAYS',
    'How long the personal proof of consents is kept; the ledger stays',
    { usual: 3_650 },
  ),
})
