import { defineSettings, setting } from '@postino/runtime'
import { z } from 'zod'

export const consoleSettings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), { secret: true, doc: 'Postgres.' }),
  port: setting('PORT', z.coerce.number().int().min(0).max(65_535).default(8_083), {
    doc: 'The port of the API; 0 takes a free one.',
  }),
  poolMax: setting('CONSOLE_POOL_MAX', z.coerce.number().int().min(2).max(100).default(10), {
    doc: 'Connections to Postgres.',
  }),
  botPublicUrl: setting('BOT_PUBLIC_URL', z.url({ protocol: /^https?$/ }).optional(), {
    doc: 'Where the hosted opt-in pages are reached from outside; without it no answer shows their address.',
  }),
})
