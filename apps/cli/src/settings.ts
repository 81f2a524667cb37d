import { secretKeysProblem } from '@postino/database'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const databaseUrl = setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' })
const telegramApiRoot = setting('TELEGRAM_API_ROOT', z.url().default('https://api.telegram.org'), {
  doc: 'The Bot API.',
})
const secretKeys = setting(
  'SECRET_KEYS',
  z.string().refine((text) => secretKeysProblem(text) === undefined, {
    error: ({ input }) => secretKeysProblem(String(input)),
  }),
  { secret: true, doc: '<key id>:<base64 of 32 bytes>[,more]; the first one seals, all open.' },
)

/** For what needs the database alone. */
export const databaseSettings = defineSettings({ databaseUrl })

/** For what opens or seals tokens and asks Telegram. */
export const telegramSettings = defineSettings({ databaseUrl, telegramApiRoot, secretKeys })

/** For `send`. */
export const sendSettings = defineSettings({
  url: setting('POSTINO_URL', z.url().default('http://127.0.0.1:8080'), { doc: 'Where ingest listens.' }),
  apiKey: setting('POSTINO_API_KEY', z.string().min(1), {
    secret: true,
    doc: 'A key of the shop: postino key create.',
  }),
})

/** For `bot add`. */
export const botTokenSettings = defineSettings({
  token: setting('TELEGRAM_BOT_TOKEN', z.string().min(1), {
    secret: true,
    doc: 'The bot’s token from @BotFather.',
  }),
})

/** For `up` and `demo`, which bring what is not given. */
export const localSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url().optional(), {
    secret: true,
    doc: 'A Postgres that runs already; left out, one is brought up.',
  }),
  redisUrl: setting('REDIS_URL', z.url().optional(), {
    secret: true,
    doc: 'A Redis that runs already; left out, one is brought up.',
  }),
  telegramApiRoot: setting('TELEGRAM_API_ROOT', z.url().optional(), {
    doc: 'Another Bot API; left out without a token, the emulator is brought up.',
  }),
  botToken: setting('TELEGRAM_BOT_TOKEN', z.string().optional(), {
    secret: true,
    doc: 'A real bot’s token from @BotFather, for the demo shop instead of the emulator.',
  }),
})

/** For `doctor`: everything it can look at. */
export const doctorSettings = defineSettings({
  databaseUrl,
  telegramApiRoot,
  secretKeys,
  redisUrl: setting('REDIS_URL', z.url(), { secret: true, doc: 'Redis of the queues.' }),
})
