import { CONSENT_SOURCES, PURPOSES, type ConsentSource, type Purpose } from '@postino/domain'
import { z } from 'zod'
import { momentOf } from '../values/moment-of.ts'

/** This file is the proof, and no place where anybody agrees. */
const SOURCES = CONSENT_SOURCES.filter((source) => source !== 'import_proof')
const MAX_CHARS = 4_096
const MIN_WORDING_CHARS = 20

/** A text that is needed, as what it means; `parse` answers undefined for what means nothing. */
function proof<Value>(code: string, message: string, parse: (text: string) => Value | undefined) {
  return z
    .string({ error: 'is blank: nothing is taken without its whole proof' })
    .transform((text, context): Value => {
      const value = parse(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message, params: { code } })
      return z.NEVER
    })
}

/** What a line says of a chat that agreed elsewhere, given when it is read: nobody agrees in the future. */
export function registrationSchema(nowMs: number) {
  return z.object({
    chat_id: proof(
      'invalid_chat_id',
      'must be the Telegram id of a person, digits only; groups are not imported',
      (text) => (/^[1-9]\d{0,14}$/.test(text) ? text : undefined),
    ),
    external_id: proof(
      'invalid_id',
      'must be 1 to 128 visible characters, without blanks',
      parseId,
    ).optional(),
    name: proof('too_long', 'may have 256 characters', (text) => shorterThan(text, 256)).optional(),
    purposes: proof('invalid_purpose', `must be some of ${PURPOSES.join(', ')}`, parsePurposes),
    obtained_at: proof(
      'invalid_time',
      'must be a day or a time as in 2026-03-01 or 2026-03-01T14:30:00+01:00, and not in the future',
      (text) => pastTime(text, nowMs),
    ),
    source: proof('invalid_source', `must be one of ${SOURCES.join(', ')}`, parseSource),
    wording: proof('invalid_wording', `must have ${MIN_WORDING_CHARS} to ${MAX_CHARS} characters`, (text) =>
      text.length < MIN_WORDING_CHARS ? undefined : shorterThan(text, MAX_CHARS),
    ).optional(),
    wording_version: proof('invalid_version', 'must be a number', (text) =>
      /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined,
    ).optional(),
    reference: proof('too_long', `may have ${MAX_CHARS} characters`, (text) => shorterThan(text, MAX_CHARS)),
  })
}

function shorterThan(text: string, maxChars: number): string | undefined {
  return text.length <= maxChars ? text : undefined
}

function parseId(text: string): string | undefined {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,128}$/u.test(text) ? text : undefined
}

/** With blanks, commas, semicolons or bars between them. */
function parsePurposes(text: string): Purpose[] | undefined {
  const names = text.toLowerCase().split(/[\s,;|]+/)
  const purposes = PURPOSES.filter((purpose) => names.includes(purpose))
  return purposes.length === new Set(names).size ? purposes : undefined
}

function parseSource(text: string): ConsentSource | undefined {
  const name = text.toLowerCase().replace(/[\s-]+/g, '_')
  return SOURCES.find((source) => source === name)
}

function pastTime(text: string, nowMs: number): string | undefined {
  const momentMs = momentOf(text)
  return momentMs === undefined || momentMs > nowMs ? undefined : new Date(momentMs).toISOString()
}
