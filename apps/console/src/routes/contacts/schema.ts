import type { BookContact } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { z } from 'zod'

const moment = z.iso.datetime().meta({ examples: ['2026-11-20T15:05:00.412Z'] })

export const contactSchema = z
  .strictObject({
    id: z.string().meta({ examples: ['2071'] }),
    external_id: z
      .string()
      .meta({ examples: ['customer-2071'] })
      .optional(),
    origin: z
      .enum(['shop', 'import', 'start'])
      .meta({ description: 'Who made it; start: the person, by pressing START in a bot' }),
    name: z.strictObject({ first: z.string().optional(), last: z.string().optional() }).optional(),
    locale: z.string().optional(),
    time_zone: z.string().optional(),
    phone: z.string().optional(),
    phone_verified_at: moment.optional().meta({ description: 'When the person proved that it is theirs' }),
    email: z.string().optional(),
    email_verified_at: moment.optional().meta({ description: 'When the person proved that it is theirs' }),
    birthday: z.string().optional(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    granted_purposes: z.array(z.enum(PURPOSES)).meta({ description: 'What they agree to now' }),
    withdrawn_purposes: z.array(z.enum(PURPOSES)).meta({ description: 'What they do not agree to any more' }),
    open_registrations: z.int().min(0).meta({ description: 'Chats with the shop’s bots that are open' }),
    created_at: moment,
    updated_at: moment,
    removed_at: moment.optional().meta({ description: 'Since when it is out of the book' }),
    merged_into: z.string().optional().meta({ description: 'The contact it has become' }),
    erased_at: moment.optional().meta({ description: 'Since when nothing personal is left of it' }),
  })
  .meta({ id: 'Contact', description: 'A contact; what is not known is left out' })

/** As answers show it. */
export function contactAnswer(contact: BookContact): object {
  const { firstName, lastName, erasedAt } = contact
  return {
    id: contact.id,
    external_id: erasedAt === null ? contact.externalId : undefined,
    origin: contact.origin,
    name:
      firstName === null && lastName === null
        ? undefined
        : { first: firstName ?? undefined, last: lastName ?? undefined },
    locale: contact.locale ?? undefined,
    time_zone: contact.timeZone ?? undefined,
    phone: contact.phone ?? undefined,
    phone_verified_at: contact.phoneVerifiedAt ?? undefined,
    email: contact.email ?? undefined,
    email_verified_at: contact.emailVerifiedAt ?? undefined,
    birthday: contact.birthday ?? undefined,
    attributes: contact.attributes,
    granted_purposes: contact.grantedPurposes,
    withdrawn_purposes: contact.withdrawnPurposes,
    open_registrations: contact.openRegistrations,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    removed_at: contact.removedAt ?? undefined,
    merged_into: contact.mergedInto ?? undefined,
    erased_at: erasedAt ?? undefined,
  }
}
