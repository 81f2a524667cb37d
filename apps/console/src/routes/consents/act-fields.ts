import { CONSENT_SOURCES } from '@postino/domain'
import { z } from 'zod'

/** What a contact does in Telegram, or on our page, we see ourselves; a shop cannot say it for them. */
const OWN_ACTS = new Set<string>(['bot_dialog', 'telegram_login', 'qr_pos'])
export const ELSEWHERE = CONSENT_SOURCES.filter((source) => !OWN_ACTS.has(source))

const MAX_REFERENCE_CHARS = 200
export const blank = { error: 'is blank' }

export const idempotencyKey = z
  .string()
  .max(128)
  .regex(/\S/, blank)
  .meta({ description: 'The same act sent again with the same key is recorded once, of this contact' })

export const reference = z
  .string()
  .max(MAX_REFERENCE_CHARS)
  .regex(/\S/, blank)
  .meta({
    description:
      'Your own proof: the number of an order or form, where a recording is kept. It is erased with the contact',
    examples: ['order 2071, form of 2026-11-02'],
  })
