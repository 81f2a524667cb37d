import { secretKeysProblem } from '@postino/database'
import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

const secretKeysSchema = z.string().refine((text) => secretKeysProblem(text) === undefined, {
  error: ({ input }) => secretKeysProblem(String(input)),
})

// A provider without a certificate is one that runs on this machine.
const issuerSchema = z
  .url({ error: 'it is no URL' })
  .refine((text) => text.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(text), {
    error: 'it must begin with https://',
  })

/** Told by the privacy page; what is told must be what the scheduler does. */
function days(variable: string, usual: number) {
  const doc = 'As the app scheduler has it, for the privacy page: days; 0: for ever.'
  return setting(variable, z.coerce.number().int().min(0).max(36_500).default(usual), { doc })
}

export const botSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  telegramApiRoot: setting('TELEGRAM_API_ROOT', z.url().default('https://api.telegram.org'), {
    doc: 'The Bot API.',
  }),
  secretKeys: setting('SECRET_KEYS', secretKeysSchema, {
    secret: true,
    doc: '<key id>:<base64 of 32 bytes>[,more]; the first one seals, all open.',
  }),
  publicUrl: setting('BOT_PUBLIC_URL', z.url().optional(), {
    doc: 'Where Telegram and visitors reach this app over HTTPS: set, bots get webhooks; not set, they are polled.',
  }),
  port: setting('PORT', z.coerce.number().int().min(0).max(65_535).default(8082), {
    doc: 'For webhooks and the opt-in pages.',
  }),
  addressHeader: setting(
    'CLIENT_ADDRESS_HEADER',
    z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .optional(),
    {
      doc: 'In which the proxy before this app names the visitor, such as x-forwarded-for; not set, the connection tells.',
    },
  ),
  linkOpener: setting('TELEGRAM_LINK_OPENER', z.url().optional(), {
    doc: 'What opens t.me links in Telegram’s place, such as the emulator’s http://127.0.0.1:8081/open?url=; not set, Telegram does.',
  }),
  loginIssuer: setting('TELEGRAM_LOGIN_ISSUER', issuerSchema.optional(), {
    doc: 'The OpenID provider of "Log in with Telegram", https://oauth.telegram.org; not set, there is none.',
  }),
  poolMax: setting('BOT_POOL_MAX', z.coerce.number().int().min(1).max(100).default(10), {
    doc: 'Connections to Postgres.',
  }),
  connections: setting('BOT_TELEGRAM_CONNECTIONS', z.coerce.number().int().min(1).max(10_000).default(256), {
    doc: 'Calls to Telegram at the same time; each polled bot holds one of them.',
  }),
  refreshSeconds: setting('BOT_REFRESH_SECONDS', z.coerce.number().int().min(1).max(3_600).default(2), {
    doc: 'How often new bots and changed tokens are looked for.',
  }),
  eventDataDays: days('RETENTION_EVENT_DATA_DAYS', 30),
  messageContentDays: days('RETENTION_MESSAGE_CONTENT_DAYS', 90),
  trailDays: days('RETENTION_TRAIL_DAYS', 730),
  consentVisitorsDays: days('RETENTION_CONSENT_VISITORS_DAYS', 90),
  consentDetailsDays: days('RETENTION_CONSENT_DETAILS_DAYS', 3_650),
})
