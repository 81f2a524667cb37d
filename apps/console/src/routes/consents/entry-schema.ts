import { listSchema, PAGE_PARAMETERS } from '@postino/http'
import type { LedgerEntry } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { z } from 'zod'
import { rowIdSchema } from '../../operation/row-id.ts'

export const entrySchema = z
  .strictObject({
    id: z.string(),
    contact_id: z.string(),
    purpose: z.string(),
    action: z.enum(['granted', 'withdrawn']),
    wording: z
      .strictObject({
        version: z.int(),
        hash: z.string(),
        title: z.string().optional(),
        text: z.string().optional(),
      })
      .meta({ description: 'What they were asked' })
      .optional(),
    locale: z.string().optional(),
    source: z.string(),
    actor: z.string().meta({ description: 'Who said it: the contact, or the key that recorded it for them' }),
    evidence: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The update or request behind it; nothing personal' }),
    details: z
      .record(z.string(), z.unknown())
      .meta({
        description: 'The proof that may be personal; shown to keys with consents:write, until it is erased',
      })
      .optional(),
    recorded_at: z.iso.datetime(),
    hash: z.string().meta({ description: 'SHA-256 of the entry and of the hash before' }),
    previous_hash: z.string().optional(),
  })
  .meta({ id: 'Consent', description: 'An entry of the ledger' })

export const entryListSchema = listSchema('ConsentList', entrySchema)

export const withdrawnSchema = z
  .strictObject({ items: z.array(entrySchema) })
  .meta({ id: 'ConsentsWithdrawn', description: 'The new entries; none for what was withdrawn already' })

export const entryQuerySchema = z.strictObject({
  contact: rowIdSchema.meta({ description: 'The id of the contact' }).optional(),
  external_id: z
    .string()
    .min(1)
    .max(128)
    .meta({ description: 'Or how the shop calls them; who was merged goes by whom they have become' })
    .optional(),
  purpose: z.enum(PURPOSES).optional(),
  action: z.enum(['granted', 'withdrawn']).optional(),
  ...PAGE_PARAMETERS,
})

export function showEntry({ isWithDetails }: { isWithDetails: boolean }) {
  return (entry: LedgerEntry): object => ({
    id: entry.id,
    contact_id: entry.contactId,
    purpose: entry.purpose,
    action: entry.action,
    wording: entry.wording === null ? undefined : showWords(entry.wording),
    locale: entry.locale ?? undefined,
    source: entry.source,
    actor: entry.actor,
    evidence: entry.evidence,
    details: isWithDetails ? (entry.details ?? undefined) : undefined,
    recorded_at: entry.recordedAt,
    hash: entry.hash.toString('hex'),
    previous_hash: entry.previousHash?.toString('hex'),
  })
}

function showWords({ version, hash, title, text }: NonNullable<LedgerEntry['wording']>): object {
  return { version, hash, title: title ?? undefined, text: text ?? undefined }
}
