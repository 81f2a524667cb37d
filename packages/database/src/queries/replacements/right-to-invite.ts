import { PURPOSES, rightToTell, type Purpose, type ReasonCode } from '@postino/domain'
import type { PersonToInvite } from './people-to-invite.ts'

/** Of an invitation that is not sent, what it would have been about. */
const NO_PURPOSE: Purpose = 'messages'

export type RightToInvite = { purpose: Purpose; reason?: ReasonCode<'suppressed'> }

/** What an invitation may rest on: something the contact has agreed to, or without that the contract; or why on nothing. */
export function rightToInvite({ standing }: Pick<PersonToInvite, 'standing'>): RightToInvite {
  const rights = PURPOSES.map((purpose) => ({
    purpose,
    ...rightToTell({ ...standing, registration: 'active', purpose }),
  }))
  for (const basis of ['consent', 'contract'] as const) {
    const found = rights.find((right) => right.status === 'allowed' && right.basis === basis)
    if (found !== undefined) return { purpose: found.purpose }
  }
  const [first] = rights.flatMap((right) => (right.status === 'refused' ? [right.reason] : []))
  // One for all purposes, but for those that were withdrawn.
  const reason = first === 'consent_withdrawn' ? 'no_consent' : first
  return { purpose: NO_PURPOSE, reason: reason ?? 'no_consent' }
}
