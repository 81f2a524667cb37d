import { secretKeysProblem } from '@postino/database'
import { redisUrlProblem } from '@postino/queues'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'it is no postgres:// URL' })
const redisUrl = z.string().refine((text) => redisUrlProblem(text) === undefined, {
  error: ({ input }) => redisUrlProblem(String(input)),
})
const webUrl = z.url({ protocol: /^https?$/, error: 'it is no http:// or https:// URL' })
const apiRoot = webUrl.refine((text) => !/[?#]|\/\/[^/]*@/.test(text), {
  error: 'it has a user, a query or a fragment',
})
const TELEGRAM = 'https://api.telegram.org'

const databaseUrl = setting('DATABASE_URL', postgresUrl, {
  secret: true,
  doc: 'Postgres, such as postgres://user:password@127.0.0.1:5432/postino; --local <folder> takes that of postino up.',
})
const telegramApiRoot = setting('TELEGRAM_API_ROOT', apiRoot.default(TELEGRAM), { doc: 'The Bot API.' })
const secretKeys = setting(
  'SECRET_KEYS',
  z.string().refine((text) => secretKeysProblem(text) === undefined, {
    error: ({ input }) => secretKeysProblem(String(input)),
  }),
  {
    secret: true,
    doc: '<key id>:<base64 of 32 bytes>[,more], as the apps have it; the first one seals, all open.',
  },
)
const botToken = setting('TELEGRAM_BOT_TOKEN', z.string().optional(), {
  secret: true,
  doc: 'A bot’s token from @BotFather.',
})

const shards = setting('SHARDS', z.coerce.number().int().min(1).max(1_024).optional(), {
  doc: 'Into how many parts the queues are divided, as the apps have it: fixed at the first time, 1 when left out.',
})

/** For what needs the database alone. */
export const databaseSettings = defineSettings({ databaseUrl })

/** For `migrate`. */
export const migrateSettings = defineSettings({ databaseUrl, shards })

/** For what opens or seals tokens and asks Telegram. */
export const telegramSettings = defineSettings({ databaseUrl, telegramApiRoot, secretKeys })

/** For `send`. */
export const sendSettings = defineSettings({
  url: setting('POSTINO_URL', webUrl.default('http://127.0.0.1:8080'), { doc: 'Where ingest listens.' }),
  apiKey: setting('POSTINO_API_KEY', z.string(), {
    secret: true,
    doc: 'A key of the shop, from postino key create.',
  }),
})

/** For `bot add`. */
export const botTokenSettings = defineSettings({ botToken })

/** For `bot login`. */
export const loginSecretSettings = defineSettings({
  loginSecret: setting('TELEGRAM_LOGIN_SECRET', z.string().optional(), {
    secret: true,
    doc: 'The client secret of a bot’s Web Login, from @BotFather.',
  }),
})

/** For `shop redis-user`. */
export const intakeSettings = defineSettings({
  databaseUrl,
  intakeRedisUrl: setting('INTAKE_REDIS_URL', redisUrl.optional(), {
    secret: true,
    doc: 'Redis of the shops’ streams, when it is another one than that of the queues.',
  }),
  redisUrl: setting('REDIS_URL', redisUrl.optional(), { secret: true, doc: 'Redis of the queues.' }),
})

/** For what lets a bot begin at once. */
export const wakeSettings = defineSettings({
  redisUrl: setting('REDIS_URL', redisUrl.optional(), {
    secret: true,
    doc: 'Redis of the queues; left out, what waits leaves within half a minute instead of at once.',
  }),
})

/** For `doctor`: each by itself, so that one that is wrong hides nothing of the others. */
export const redisSettings = defineSettings({
  redisUrl: setting('REDIS_URL', redisUrl, {
    secret: true,
    doc: 'Redis of the queues: redis://host:port, or of a Redis Cluster redis+cluster://host:port,host:port.',
  }),
})
export const publicUrlSettings = defineSettings({
  publicUrl: setting('BOT_PUBLIC_URL', webUrl.optional(), { doc: 'Where Telegram reaches the app bot.' }),
})

/** For `up` and `demo`, which bring what is not given. */
export const localSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', postgresUrl.optional(), {
    secret: true,
    doc: 'A Postgres that runs already; left out, one is brought up.',
  }),
  redisUrl: setting('REDIS_URL', redisUrl.optional(), {
    secret: true,
    doc: 'A Redis that runs already; left out, one is brought up.',
  }),
  telegramApiRoot: setting('TELEGRAM_API_ROOT', apiRoot.optional(), {
    doc: `Another Bot API; with a token alone ${TELEGRAM}, with neither the emulator.`,
  }),
  shards,
  botToken,
})

/** The Bot API `up` talks to; undefined for the emulator. */
export function otherBotApi(config: {
  telegramApiRoot: string | undefined
  botToken: string | undefined
}): string | undefined {
  return config.telegramApiRoot ?? (config.botToken === undefined ? undefined : TELEGRAM)
}
