import { z } from 'zod'
import { canonicalLocale } from '../locale.ts'
import { MAX_TEXT_CHARS } from './limits.ts'
import { normaliseTime } from './time.ts'
import { isTimeZone } from './time-zone.ts'
import { isWebUrl } from './web-url.ts'

interface Format {
  /** Stable, for programs; shown in an EventIssue. */
  code: string
  /** What the text must be, for people: follows the name of the field in a sentence. */
  rule: string
  maxChars?: number
}

/** A text of a certain form. A refinement rather than a zod format, so that the form has a code and a sentence of its own. */
function textOf(format: Format, isValid: (text: string) => boolean) {
  const { code, rule, maxChars = MAX_TEXT_CHARS } = format
  // One thing at a time: what is too long is not also told to be malformed.
  return z
    .string()
    .min(1, { abort: true })
    .max(maxChars, { abort: true })
    .refine(isValid, { error: rule, params: { code } })
}

/** A text that has one way to be written: it is checked and brought into that at once. */
function normalised(format: Format, normalise: (text: string) => string | undefined) {
  const { code, rule, maxChars = MAX_TEXT_CHARS } = format
  return z
    .string()
    .min(1, { abort: true })
    .max(maxChars, { abort: true })
    .check((text) => {
      const value = normalise(text.value)
      if (value !== undefined) text.value = value
      else text.issues.push({ code: 'custom', input: text.value, message: rule, params: { code } })
    })
}

function matching(format: Format, pattern: RegExp) {
  return textOf(format, (text) => pattern.test(text)).meta({ pattern: pattern.source })
}

/** What people read: anything but nothing. Control characters and broken Unicode are refused before, everywhere at once. */
export const text = matching(
  { code: 'blank', rule: 'is blank; leave it out when there is nothing to say' },
  /\S/,
)

export const id = matching(
  { code: 'invalid_id', rule: 'must be 1 to 128 visible characters, without blanks', maxChars: 128 },
  /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u,
)

/** A state's name. Blanks inside are fine, as some management systems have them. */
export const state = matching(
  { code: 'invalid_state', rule: 'must be 1 to 64 visible characters', maxChars: 64 },
  /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u,
)

export const time = normalised(
  {
    code: 'invalid_time',
    rule: 'must be a time with its zone as in RFC 3339, such as 2026-11-21T09:30:00+01:00',
  },
  normaliseTime,
).meta({ format: 'date-time' })

export const url = textOf(
  {
    code: 'invalid_url',
    rule: 'must be a full http or https address without user name, password or blanks, at most 2048 characters',
    maxChars: 2_048,
  },
  isWebUrl,
).meta({ format: 'uri' })

export const locale = normalised(
  { code: 'invalid_locale', rule: 'must be a BCP 47 language tag, such as it or it-IT', maxChars: 35 },
  canonicalLocale,
)

export const timeZone = textOf(
  { code: 'invalid_time_zone', rule: 'must be an IANA time zone, such as Europe/Rome', maxChars: 64 },
  isTimeZone,
)

export const phone = matching(
  {
    code: 'invalid_phone',
    rule: 'must be in E.164 form: a plus sign, the country code and the number, digits only, such as +393471234567',
    maxChars: 16,
  },
  /^\+[1-9]\d{6,14}$/,
)

export const email = matching(
  { code: 'invalid_email', rule: 'must be an e-mail address, such as name@example.com', maxChars: 254 },
  /^[^\s@<>"]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/,
)

export const mediaType = matching(
  { code: 'invalid_media_type', rule: 'must be a media type, such as application/pdf', maxChars: 255 },
  /^[\w.+-]+\/[\w.+-]+(?:\s*;.*)?$/,
)
