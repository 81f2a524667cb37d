import { z } from 'zod'

/** `true` or `false` in a URL. */
export const booleanParameter = z
  .string()
  .refine((text) => text === 'true' || text === 'false', {
    error: 'must be true or false',
    params: { code: 'invalid_boolean' },
  })
  .transform((text) => text === 'true')
  .meta({ type: 'boolean' })

const rfc3339 = z.iso.datetime({ offset: true })

/** A time in a URL, RFC 3339 with its zone. */
export const timeParameter = z
  .string()
  .refine((text) => rfc3339.safeParse(text).success, {
    error:
      'must be a time with its zone as in RFC 3339, such as 2026-11-21T09:30:00Z; a plus sign is %2B in a URL',
    params: { code: 'invalid_time' },
  })
  .transform((text) => new Date(text))
  .meta({ format: 'date-time', examples: ['2026-11-21T09:30:00Z'] })
