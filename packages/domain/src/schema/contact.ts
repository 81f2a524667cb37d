import { z } from 'zod'
import { email, id, locale, phone, text, timeZone } from './formats.ts'

const MAX_ATTRIBUTES = 50
const MAX_ATTRIBUTE_CHARS = 500
const BIRTHDAY = /^(?:\d{4}|-)-\d{2}-\d{2}$/
/** 29 February is a birthday, whatever the year of whoever leaves it out. */
const ANY_LEAP_YEAR = '2000'

const birthday = z
  .string()
  .refine(isBirthday, {
    error: 'must be a day as in 1984-05-12, or --05-12 without the year',
    params: { code: 'invalid_birthday' },
  })
  .meta({ description: '`YYYY-MM-DD`, or `--MM-DD` without the year', examples: ['1984-05-12', '--05-12'] })

const attributes = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, {
      error: 'names of attributes are lower-case letters, digits and underscores, at most 64',
    }),
    z.union([z.string().max(MAX_ATTRIBUTE_CHARS), z.number(), z.boolean()]),
  )
  .refine((given) => Object.keys(given).length <= MAX_ATTRIBUTES, {
    error: `may have ${MAX_ATTRIBUTES} attributes`,
  })
  .meta({ description: 'What else the shop knows, for its templates', examples: [{ tier: 'gold' }] })

/** What a shop keeps in its book about a person. What is not given stays as it is; `null` takes it away. */
export const contactFieldsSchema = z
  .strictObject({
    name: z
      .strictObject({ first: text.nullable().optional(), last: text.nullable().optional() })
      .meta({ description: 'How the person is addressed' })
      .optional(),
    locale: locale
      .nullable()
      .optional()
      .meta({ description: 'BCP 47', examples: ['it-IT'] }),
    time_zone: timeZone
      .nullable()
      .optional()
      .meta({ description: 'IANA', examples: ['Europe/Rome'] }),
    phone: phone
      .nullable()
      .optional()
      .meta({ description: 'E.164', examples: ['+447700900123'] }),
    email: email
      .nullable()
      .optional()
      .meta({ description: 'E-mail address', examples: ['giulia@example.it'] }),
    birthday: birthday.nullable().optional(),
    attributes: attributes.nullable().optional(),
  })
  .meta({
    id: 'ContactFields',
    description: 'What a shop keeps in its book about a person',
    examples: [{ name: { first: 'Giulia', last: null }, locale: 'it-IT', birthday: '--05-12' }],
  })

export const contactInputSchema = contactFieldsSchema
  .extend({
    external_id: id.meta({
      description: 'How the shop calls this person, always in the same way',
      examples: ['customer-2071'],
    }),
  })
  .meta({
    id: 'ContactInput',
    description: 'A contact of the shop’s book',
    examples: [{ external_id: 'customer-2071', name: { first: 'Giulia' }, phone: '+393471234567' }],
  })

export type ContactFieldsInput = z.infer<typeof contactFieldsSchema>
export type ContactInput = z.infer<typeof contactInputSchema>

function isBirthday(value: string): boolean {
  if (!BIRTHDAY.test(value)) return false
  const day = value.startsWith('-') ? `${ANY_LEAP_YEAR}${value.slice(1)}` : value
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}
