import { z } from 'zod'

/** `true` or `false` in a URL. */
export const booleanParameter = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean' })

/** A time in a URL, RFC 3339 with its zone. */
export const timeParameter = z.iso
  .datetime({ offset: true, error: 'must be a time as in RFC 3339, such as 2026-11-21T09:30:00Z' })
  .transform((text) => new Date(text))
  .meta({ format: 'date-time', examples: ['2026-11-21T09:30:00Z'] })
