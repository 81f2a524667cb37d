import type { Purpose } from './purpose.ts'
import type { ReasonCode } from './reason.ts'

/** On what a message may rest: the contact's own consent, or the contract with the customer. */
export type LegalBasis = 'consent' | 'contract'

export type RegistrationStatus = 'active' | 'stopped' | 'blocked' | 'revoked'

export interface Standing {
  /** The contact's registration with the shop's bot; undefined when there has never been one. */
  registration: RegistrationStatus | undefined
  purpose: Purpose
  /** Purposes whose last ledger entry is a grant. */
  granted: Purposes
  /** Purposes whose last ledger entry is a withdrawal. */
  withdrawn: Purposes
  /** Purposes the shop rests on the contract instead of on consent; `marketing` in it counts for nothing. */
  contractPurposes: Purposes
  /** The shop is in the sandbox, and this chat is none of its testers'. */
  isOutsideSandbox?: boolean
  /** The registration is one more than the shop's quota has room for. */
  isOverQuota?: boolean
}

/** Plain strings are welcome, as the database gives them; what is not a purpose matches none. */
type Purposes = ReadonlySet<string> | readonly string[]

export type RightToTell =
  | { status: 'allowed'; basis: LegalBasis }
  | { status: 'refused'; reason: ReasonCode<'suppressed'> }

/**
 * Whether a contact may be told something now. Asked when rendering and again when sending. A closed registration and
 * a withdrawal end every right, whatever was granted before and whatever the shop rests on the contract.
 */
export function rightToTell(standing: Standing): RightToTell {
  const { registration, purpose } = standing
  if (registration === undefined) return { status: 'refused', reason: 'not_registered' }
  if (registration !== 'active') return { status: 'refused', reason: `registration_${registration}` }
  if (standing.isOutsideSandbox === true) return { status: 'refused', reason: 'sandbox' }
  if (standing.isOverQuota === true) return { status: 'refused', reason: 'quota' }
  if (has(standing.withdrawn, purpose)) return { status: 'refused', reason: 'consent_withdrawn' }
  if (has(standing.granted, purpose)) return { status: 'allowed', basis: 'consent' }
  if (mayRestOnContract(purpose) && has(standing.contractPurposes, purpose)) {
    return { status: 'allowed', basis: 'contract' }
  }
  return { status: 'refused', reason: 'no_consent' }
}

/** Marketing needs consent everywhere; no contract carries it. */
export function mayRestOnContract(purpose: Purpose): boolean {
  return purpose !== 'marketing'
}

function has(purposes: Purposes, purpose: Purpose): boolean {
  return 'has' in purposes ? purposes.has(purpose) : purposes.includes(purpose)
}
