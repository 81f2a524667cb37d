import { rightToTell, type ReasonCode } from '@postino/domain'
import type { MessageOfShop } from './decide-message.ts'

/** Why this message may not be told to its recipient now; undefined when it may. */
export function findRefusal(message: MessageOfShop): ReasonCode<'suppressed'> | undefined {
  if (message.isTest) return findRefusalOfTest(message)
  if (!isManaged(message)) return 'state_not_managed'
  const { shop, contact, registration } = message
  const right = rightToTell({
    registration: registration?.status,
    purpose: message.purpose,
    granted: contact?.grantedPurposes ?? [],
    withdrawn: contact?.withdrawnPurposes ?? [],
    contractPurposes: shop.contractPurposes,
    isOutsideSandbox: message.shopMode === 'sandbox' && registration?.isTester !== true,
    isOverQuota: registration?.isOverQuota === true,
  })
  return right.status === 'refused' ? right.reason : undefined
}

/** The shop's own people asked for it: their chat is open and a tester's, and nothing else matters. */
function findRefusalOfTest({ registration }: MessageOfShop): ReasonCode<'suppressed'> | undefined {
  if (registration === null) return 'not_registered'
  if (registration.status !== 'active') return `registration_${registration.status}`
  return registration.isTester ? undefined : 'not_a_tester'
}

function isManaged(message: MessageOfShop): boolean {
  const states = message.shop.managedOrderStates
  return message.kind !== 'order.status_changed' || states === null || states.includes(message.state)
}
