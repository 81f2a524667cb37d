import {
  mayRestOnContract,
  parseGroupKeyword,
  personSchema,
  PURPOSES,
  quietHoursSchema,
  stateSchema,
  type Purpose,
  type QuietHours,
} from '@postino/domain'
import { parseCountry } from '@postino/imports'
import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

// Each takes what stands on the command line, and refuses it with the way out, which commander prints behind the option's name.

/** As Postgres has it in a constraint of its own. */
export function parseSlug(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text
  throw new InvalidArgumentError(
    'It is 1 to 63 small letters, digits and hyphens, and begins with no hyphen, such as bottega-faenza.',
  )
}

/** Blanks around it are no part of it. */
export function parseText(text: string): string {
  const trimmed = text.trim()
  if (trimmed !== '') return trimmed
  throw new InvalidArgumentError('It is empty.')
}

export function parseExternalId(text: string): string {
  return check(personSchema.shape.external_id, text)
}

/** As BCP 47 writes it: `it-it` becomes `it-IT`. */
export function parseLocale(text: string): string {
  return check(personSchema.shape.locale.unwrap(), text)
}

export function parseTimeZone(text: string): string {
  return check(personSchema.shape.time_zone.unwrap(), text)
}

export function parseWebUrl(text: string): string {
  return check(z.url({ protocol: /^https?$/, error: 'must be a full http or https address' }), text)
}

/** `order_updates,messages`. */
export function parsePurposes(text: string): readonly Purpose[] {
  const purposes = text.split(',').map((name) => {
    const purpose = PURPOSES.find((known) => known === name.trim())
    if (purpose !== undefined) return purpose
    throw new InvalidArgumentError(`Choose from ${PURPOSES.join(',')}, with commas and no blanks.`)
  })
  return [...new Set(purposes)]
}

export function parsePurpose(text: string): Purpose {
  const purpose = PURPOSES.find((known) => known === text)
  if (purpose !== undefined) return purpose
  throw new InvalidArgumentError(`Choose from ${PURPOSES.join(', ')}.`)
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const
const MAX_DAYS = 366

/** `90s`, `30m`, `12h` or `7d`, in seconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9})([smhd])$/.exec(text)
  const seconds = Number(match?.[1]) * unitOf(match?.[2])
  if (seconds > 0 && seconds <= MAX_DAYS * SECONDS.d) return seconds
  throw new InvalidArgumentError(`Write 90s, 30m, 12h or 7d; at most ${MAX_DAYS}d.`)
}

function unitOf(letter: string | undefined): number {
  return letter === 's' || letter === 'm' || letter === 'h' || letter === 'd' ? SECONDS[letter] : Number.NaN
}

/** A key's id; of a whole key, which nobody should have to take apart, the part that is no secret. */
export function parseKeyId(text: string): string {
  const match = /^(?:pst_(?:live|test)_)?([0-9A-Za-z]{10})(?:[0-9A-Za-z]{38})?$/.exec(text)
  if (match?.[1] !== undefined) return match[1]
  throw new InvalidArgumentError('It is the ten letters and digits behind pst_live_ or pst_test_.')
}

/** As Postgres counts messages. */
export function parseMessageId(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text
  throw new InvalidArgumentError('It is the number of a message, as postino unknown list has it.')
}

/** How many rows are told. */
export function parseLimit(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number from 1 to 9999.')
}

/** Of a text. */
export function parseVersion(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is the number of a version, as postino template history has it.')
}

/** As Postgres counts registrations. */
export function parseRegistrationId(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text
  throw new InvalidArgumentError('It is the number of a registration, as postino registration list has it.')
}

/** Of people or groups: lower case, as it is kept. */
export function parseKeyword(text: string): string {
  const keyword = parseGroupKeyword(text)
  if (keyword !== undefined) return keyword
  throw new InvalidArgumentError('It is 2 to 32 letters, digits, hyphens and underscores, such as vip.')
}

export function parseEmail(text: string): string {
  return check(personSchema.shape.email.unwrap(), text)
}

/** Such as IT. */
export function parseCountryCode(text: string): NonNullable<ReturnType<typeof parseCountry>> {
  const country = parseCountry(text)
  if (country !== undefined) return country
  throw new InvalidArgumentError('It is a country by its two letters, such as IT.')
}

/** How many registrations a shop may have. */
export function parseMaxRegistrations(text: string): number | 'none' {
  if (text === 'none') return text
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number from 1 on, or none.')
}

/** What rests on the contract with the customer. */
export function parseContractPurposes(text: string): readonly Purpose[] {
  if (text === 'none') return []
  const purposes = parsePurposes(text)
  const refused = purposes.find((purpose) => !mayRestOnContract(purpose))
  if (refused === undefined) return purposes
  throw new InvalidArgumentError(`${refused} needs consent everywhere: no contract carries it.`)
}

/** `21:00-08:00`. */
export function parseQuietHours(text: string): QuietHours | 'none' {
  if (text === 'none') return text
  const [from, until] = text.split('-')
  const { data } = quietHoursSchema.safeParse({ from, until })
  if (data !== undefined) return data
  throw new InvalidArgumentError('It is two times of the day, such as 21:00-08:00, or none.')
}

/** `paid,shipped`. */
export function parseOrderStates(text: string): readonly string[] | 'all' {
  if (text === 'all') return text
  return [...new Set(text.split(',').map((state) => check(stateSchema, state.trim())))]
}

/** Messages a second for which Telegram bills, or `off`. */
export function parsePaidBroadcast(text: string): number | 'off' {
  if (text === 'off') return text
  const perSecond = /^\d{2,4}$/.test(text) ? Number(text) : Number.NaN
  if (perSecond >= 31 && perSecond <= 1_000) return perSecond
  throw new InvalidArgumentError('It is a whole number from 31 to 1000, or off.')
}

function check(schema: z.ZodType<string>, text: string): string {
  const parsed = schema.safeParse(text)
  if (parsed.success) return parsed.data
  const problem = parsed.error.issues[0]?.message ?? 'is not valid'
  throw new InvalidArgumentError(`It ${problem}.`)
}
