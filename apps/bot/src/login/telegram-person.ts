import { z } from 'zod'
import type { TelegramPerson } from '../bot/act-outside.ts'

/** Who has logged in, as Telegram says. */
export interface LoggedIn {
  person: TelegramPerson
  /** As Telegram writes it, with or without a plus; the person has proven to own it. */
  phone: string | undefined
}

const MAX_CHARS = 256

// Postgres takes no NUL, and its jsonb no half of a surrogate pair.
const text = z
  .string()
  .max(MAX_CHARS)
  .transform((value) => value.toWellFormed().replaceAll('\0', ''))
const optionalText = text.optional().catch(undefined)

const claimsSchema = z.object({
  // Above every number a person has, and still exact.
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 52),
  name: text,
  given_name: optionalText,
  family_name: optionalText,
  preferred_username: optionalText,
  locale: optionalText,
  phone_number: optionalText,
})

/** Undefined when the claims name no person of Telegram. */
export function readTelegramPerson(claims: Record<string, unknown>): LoggedIn | undefined {
  const parsed = claimsSchema.safeParse(claims)
  if (!parsed.success) return undefined
  const { id, name, given_name, family_name, preferred_username, locale, phone_number } = parsed.data
  const person = {
    id,
    firstName: given_name ?? name,
    lastName: family_name,
    username: preferred_username,
    languageCode: locale,
  }
  return { person, phone: phone_number }
}

const proofSchema = z.object({
  iss: text,
  aud: z.union([text, z.array(text).max(10)]),
  sub: text,
  iat: z.number(),
  exp: z.number(),
  jti: optionalText,
})

/** What of the claims proves the log-in, and is worth being kept with the consent. */
export function proofOf(claims: Record<string, unknown>): z.infer<typeof proofSchema> {
  return proofSchema.parse(claims)
}
