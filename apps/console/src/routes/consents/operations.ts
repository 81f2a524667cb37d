import type { Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { createListConsents } from './list-consents.ts'
import { createRecordGrant } from './record-grant.ts'
import { createRecordWithdrawal } from './record-withdrawal.ts'
import { createVerifyConsents } from './verify-consents.ts'

export function consentOperations(dependencies: RouteDependencies): Operation[] {
  return [
    createListConsents(dependencies),
    createRecordGrant(dependencies),
    createRecordWithdrawal(dependencies),
    createVerifyConsents(dependencies),
  ]
}
