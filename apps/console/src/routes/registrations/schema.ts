import type { ListedRegistration } from '@postino/database'
import { PURPOSES, type RegistrationStatus } from '@postino/domain'
import { z } from 'zod'

export const REGISTRATION_STATUSES = [
  'active',
  'stopped',
  'blocked',
  'revoked',
] as const satisfies RegistrationStatus[]

const moment = z.iso.datetime().meta({ examples: ['2026-11-20T15:05:00.412Z'] })
const name = z.strictObject({ first: z.string().optional(), last: z.string().optional() })

export const registrationSchema = z
  .strictObject({
    id: z.string().meta({ examples: ['512'] }),
    status: z.enum(REGISTRATION_STATUSES).meta({
      description:
        'active: open. stopped: by STOP. blocked: the person blocked the bot. revoked: closed by the shop.',
    }),
    bot: z.strictObject({ id: z.string(), username: z.string().meta({ examples: ['bottega_faenza_bot'] }) }),
    contact: z.strictObject({
      id: z.string(),
      external_id: z.string().meta({ examples: ['customer-2071'] }),
      name: name.optional(),
    }),
    chat_id: z.string().meta({ description: 'Telegram’s', examples: ['6123456789'] }),
    telegram: z
      .strictObject({
        user_id: z.string(),
        username: z.string().optional(),
        name: z.string().optional(),
        language_code: z.string().optional(),
      })
      .meta({ description: 'What Telegram says of the person' }),
    source: z.string().meta({ description: 'Where the person came from', examples: ['web_form'] }),
    offered_purposes: z.array(z.enum(PURPOSES)).meta({ description: 'What the person was asked about' }),
    granted_purposes: z
      .array(z.enum(PURPOSES))
      .meta({ description: 'What the contact agrees to now; the proof is in the ledger of consents' }),
    is_tester: z.boolean().meta({ description: 'Gets messages in the sandbox, too' }),
    is_over_quota: z.boolean().meta({ description: 'Waits for a place in the shop’s quota' }),
    created_at: moment,
    status_changed_at: moment,
  })
  .meta({ id: 'Registration', description: 'A contact’s chat with one of the shop’s bots' })

/** As answers show it. */
export function registrationAnswer(registration: ListedRegistration): object {
  const { firstName, lastName } = registration
  return {
    id: registration.id,
    status: registration.status,
    bot: { id: registration.botId, username: registration.botUsername },
    contact: {
      id: registration.contactId,
      external_id: registration.externalId,
      name:
        firstName === null && lastName === null
          ? undefined
          : { first: firstName ?? undefined, last: lastName ?? undefined },
    },
    chat_id: registration.chatId,
    telegram: {
      user_id: registration.telegramUserId,
      username: registration.telegramUsername ?? undefined,
      name: registration.telegramName ?? undefined,
      language_code: registration.languageCode ?? undefined,
    },
    source: registration.source,
    offered_purposes: registration.offeredPurposes,
    granted_purposes: registration.grantedPurposes,
    is_tester: registration.isTester,
    is_over_quota: registration.isOverQuota,
    created_at: registration.createdAt,
    status_changed_at: registration.statusChangedAt,
  }
}
