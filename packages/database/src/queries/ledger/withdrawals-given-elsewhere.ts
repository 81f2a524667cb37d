import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { insertConsents } from './consents.ts'

/** What is said of an act that did not happen with the bot. */
export interface ActElsewhere {
  contactId: string
  source: string
  actor: string
  /** The request or the file that brought it; nothing personal. */
  evidence: Record<string, string | number>
  /** The shop's own proof, such as the number of an order or where a form is kept. */
  reference?: string | undefined
  /** Who sends the same once more says so by this. */
  idempotencyKey?: string | undefined
}

/**
 * Withdraws what is not withdrawn yet, in the caller's transaction, which holds the contact's row. What was withdrawn under the
 * same key before is not withdrawn again, whatever the contact has granted since. Answers the numbers of the new entries.
 */
export async function recordWithdrawalElsewhere(
  db: Database,
  shopId: string,
  act: ActElsewhere & { purposes: readonly Purpose[] },
): Promise<string[]> {
  const { contactId, idempotencyKey, reference, source, actor, evidence } = act
  const { rows } = await sql<{ purpose: string }>`
    select unnest(withdrawn_purposes) as purpose from contacts where shop_id = ${shopId} and id = ${contactId}
    union
    select consent.purpose from consents consent
    join consent_details proof on proof.shop_id = consent.shop_id and proof.consent_id = consent.id
    where consent.shop_id = ${shopId} and consent.contact_id = ${contactId} and consent.action = 'withdrawn'
      and proof.details ->> 'idempotency_key' = ${idempotencyKey ?? null}`.execute(db)
  const done = new Set(rows.map(({ purpose }) => purpose))
  const isProven = idempotencyKey !== undefined || reference !== undefined
  const details = withoutAbsent({ reference, idempotency_key: idempotencyKey })
  const entries = act.purposes
    .filter((purpose) => !done.has(purpose))
    .map((purpose) => ({
      purpose,
      action: 'withdrawn' as const,
      source,
      actor,
      evidence,
      ...(isProven && { details }),
    }))
  return await insertConsents(db, shopId, contactId, entries)
}

/** JSON has no undefined. */
export function withoutAbsent(members: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined))
}
