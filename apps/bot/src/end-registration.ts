import { closeRegistration, insertConsents, type FoundRegistration, type UpdateTime } from '@postino/database'
import type { BotContext } from './bot-context.ts'

/**
 * Ends all that a contact gets in this chat, at once: the registration, what waits in the queue, and every purpose in the
 * ledger, those that rest on the contract too. False when it was ended before or a newer update has opened it again.
 */
export async function endRegistration(
  context: BotContext,
  registration: FoundRegistration,
  end: { status: 'stopped' | 'blocked'; source: string; update: UpdateTime },
): Promise<boolean> {
  const { shop, database } = context
  const closed = await closeRegistration(database, shop.shopId, {
    registrationId: registration.id,
    status: end.status,
    reason: `registration_${end.status}`,
    update: end.update,
  })
  if (closed === undefined) return false
  const purposes = new Set([...registration.offeredPurposes, ...registration.grantedPurposes])
  const open = [...purposes].filter((purpose) => !registration.withdrawnPurposes.includes(purpose))
  await insertConsents(
    database,
    shop.shopId,
    registration.contactId,
    open.map((purpose) => ({
      purpose,
      action: 'withdrawn',
      source: end.source,
      actor: 'contact',
      evidence: { update_id: context.update.update_id },
    })),
  )
  return true
}
