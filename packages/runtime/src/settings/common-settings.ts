import { z } from 'zod'
import { defineSettings, setting } from './setting.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What every service has, beside its own. */
export const COMMON_SETTINGS = defineSettings({
  logLevel: setting('LOG_LEVEL', z.enum(LOG_LEVELS).default('info'), {
    doc: `One of ${LOG_LEVELS.join(', ')}.`,
  }),
  host: setting('HOST', z.string().default('127.0.0.1'), {
    doc: 'The address to listen on; 0.0.0.0 (or ::) in a container.',
  }),
  healthPort: setting('HEALTH_PORT', z.coerce.number().int().min(0).max(65_535).default(9_464), {
    doc: 'The port of /livez, /readyz and /metrics; 0 takes a free one.',
  }),
  shutdownTimeoutSeconds: setting(
    'SHUTDOWN_TIMEOUT_SECONDS',
    z.coerce.number().min(1).max(3_600).default(25),
    {
      doc: 'How long ending may take; keep it below the grace period of whoever sends SIGTERM.',
    },
  ),
})
