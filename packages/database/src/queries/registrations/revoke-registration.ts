import { PURPOSES } from '@postino/domain'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { insertConsents, type ConsentEntry } from '../ledger/consents.ts'
import { closeRegistration } from './registrations.ts'

/**
 * Ends a registration in the shop's name: nothing that waits for its chat is sent, and every purpose is withdrawn in the
 * ledger, as STOP in the chat would do it. One that was closed before keeps its status, and what was withdrawn is not
 * withdrawn again. False when the shop has no such registration.
 */
export async function revokeRegistration(
  db: Database,
  shopId: string,
  revocation: { registrationId: string } & Pick<ConsentEntry, 'source' | 'actor' | 'evidence' | 'details'>,
): Promise<boolean> {
  const { registrationId, ...proof } = revocation
  return await inTransaction(db, async (trx) => {
    // Its row stays locked until the end, so that of two who revoke it at a time the second finds all done.
    await closeRegistration(trx, shopId, {
      registrationId,
      status: 'revoked',
      reason: 'registration_revoked',
    })
    const contact = await trx
      .selectFrom('registrations')
      .innerJoin('contacts', (join) =>
        join
          .onRef('contacts.shop_id', '=', 'registrations.shop_id')
          .onRef('contacts.id', '=', 'registrations.contact_id'),
      )
      .select(['contacts.id', 'contacts.withdrawn_purposes as withdrawn'])
      .where('registrations.shop_id', '=', shopId)
      .where('registrations.id', '=', registrationId)
      .executeTakeFirst()
    if (contact === undefined) return false
    // Also those never asked about: the shop may rest them on the contract.
    const open = PURPOSES.filter((purpose) => !contact.withdrawn.includes(purpose))
    await insertConsents(
      trx,
      shopId,
      contact.id,
      open.map((purpose) => ({ purpose, action: 'withdrawn', ...proof })),
    )
    return true
  })
}
