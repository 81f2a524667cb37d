import {
  closeRegistration,
  insertConsents,
  listPurposesSinceStart,
  type FoundRegistration,
} from '@postino/database'
import { PURPOSES } from '@postino/domain'
import type { ChatContext } from '../bot/say.ts'
import { evidenceOf } from './evidence.ts'
import { findChat } from './find-chat.ts'

export interface RegistrationEnd {
  status: 'stopped' | 'blocked'
  source: string
  /** When the person did it, in Unix seconds: a newer START stays untouched. */
  date: number
}

/**
 * Ends all that a contact gets in this chat, at once: the registration, what waits in the queue, and every purpose in the
 * ledger. False when a newer update has opened the chat again; then what was agreed to before this one ends all the same.
 */
export async function endRegistration(
  context: ChatContext,
  registration: FoundRegistration,
  end: RegistrationEnd,
): Promise<boolean> {
  const { shop, database } = context
  await closeRegistration(database, shop.shopId, {
    registrationId: registration.id,
    status: end.status,
    reason: `registration_${end.status}`,
    update: { date: end.date, id: context.update.update_id },
  })
  // Looked at again, since the sender closes registrations too, when Telegram tells it of a block; it writes no ledger.
  const { registration: after } = await findChat(context)
  if (after === undefined) return false
  const isOpen = after.status === 'active'
  const newer = isOpen ? await listPurposesSinceStart(database, shop.shopId, after.id) : []
  await withdrawEverything(context, after, { source: end.source, but: newer })
  return !isOpen
}

/**
 * Withdraws every purpose that is not withdrawn: also those never asked about, as the shop may rest them on the contract.
 */
export async function withdrawEverything(
  context: ChatContext,
  registration: FoundRegistration,
  { source, but = [] }: { source: string; but?: readonly string[] },
): Promise<void> {
  const open = PURPOSES.filter(
    (purpose) => !registration.withdrawnPurposes.includes(purpose) && !but.includes(purpose),
  )
  const evidence = evidenceOf(context)
  await insertConsents(
    context.database,
    context.shop.shopId,
    registration.contactId,
    open.map((purpose) => ({ purpose, action: 'withdrawn', source, actor: 'contact', evidence })),
  )
}
