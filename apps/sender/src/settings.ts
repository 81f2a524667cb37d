import { secretKeysProblem } from '@postino/database'
import { allowedHostsProblem } from '@postino/outgoing'
import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const redisUrlSchema = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})

const secretKeysSchema = z.string().refine((text) => secretKeysProblem(text) === undefined, {
  error: ({ input }) => secretKeysProblem(String(input)),
})

const allowedHostsSchema = z.string().refine((text) => allowedHostsProblem(text) === undefined, {
  error: ({ input }) => allowedHostsProblem(String(input)),
})

const shardListSchema = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'it is no list of numbers with commas between')
  .transform((text) => [...new Set(text.split(',').map(Number))])

export const senderSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  redisUrl: setting('REDIS_URL', redisUrlSchema, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
  shards: setting('SHARDS', z.coerce.number().int().min(1).max(1_024).default(1), {
    doc: 'Into how many parts the queues are divided; fixed when the database is first migrated.',
  }),
  serve: setting('SENDER_SHARDS', shardListSchema.optional(), {
    doc: 'Those of the shards this process serves, such as 0,2; left out, all of them.',
  }),
  telegramApiRoot: setting('TELEGRAM_API_ROOT', z.url().default('https://api.telegram.org'), {
    doc: 'The Bot API.',
  }),
  secretKeys: setting('SECRET_KEYS', secretKeysSchema, {
    secret: true,
    doc: '<key id>:<base64 of 32 bytes>[,more]; the first one seals, all open.',
  }),
  turns: setting('SENDER_CONCURRENCY', z.coerce.number().int().min(1).max(5_000).default(500), {
    doc: 'Bots served at the same time.',
  }),
  poolMax: setting('SENDER_POOL_MAX', z.coerce.number().int().min(2).max(100).default(8), {
    doc: 'Connections to Postgres.',
  }),
  connections: setting(
    'SENDER_TELEGRAM_CONNECTIONS',
    z.coerce.number().int().min(1).max(10_000).default(256),
    { doc: 'Calls to Telegram at the same time.' },
  ),
  limitPerSecond: setting('SENDER_LIMIT_PER_SECOND', z.coerce.number().int().min(1).max(1_000).default(30), {
    doc: 'Messages a bot may send in any second; Telegram says about 30.',
  }),
  callTimeoutSeconds: setting('SENDER_CALL_TIMEOUT_SECONDS', z.coerce.number().min(1).max(25).default(20), {
    doc: 'For one call to Telegram; after that what became of it is unknown.',
  }),
  resendSeconds: setting('SENDER_RESEND_SECONDS', z.coerce.number().min(1).max(3_600).default(45), {
    doc: 'After which a transactional message of unknown outcome is sent once more; keep it above the time-out of a call.',
  }),
  fileDownloads: setting('SENDER_FILE_DOWNLOADS', z.coerce.number().int().min(1).max(100).default(8), {
    doc: 'Files fetched at the same time, to be uploaded; each may take up to 50 MB of disk.',
  }),
  fileDiskMegabytes: setting(
    'SENDER_FILE_DISK_MEGABYTES',
    z.coerce.number().int().min(100).max(100_000).default(500),
    { doc: 'Disk for fetched files that wait to be uploaded, in the folder for temporary files.' },
  ),
  outgoingAllowedHosts: setting('OUTGOING_ALLOWED_HOSTS', allowedHostsSchema.default(''), {
    doc: '<host>:<port>[,more] of private file servers; all others must be public.',
  }),
  outgoingAllowHttp: setting('OUTGOING_ALLOW_HTTP', z.stringbool().default(false), {
    doc: 'Whether files are fetched over plain http as well.',
  }),
})
