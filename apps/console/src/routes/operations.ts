import type { Operation } from '../operation/operation.ts'
import { botOperations } from './bots/operations.ts'
import { consentOperations } from './consents/operations.ts'
import { eventKindOperations } from './event-kinds/operations.ts'
import { groupOperations } from './groups/operations.ts'
import { importOperations } from './imports/operations.ts'
import { optinLinkOperations } from './optin-links/operations.ts'
import { optinPageOperations } from './optin-page/operations.ts'
import { reachOperations } from './reach/operations.ts'
import { contactOperations } from './contacts/operations.ts'
import { registrationOperations } from './registrations/operations.ts'
import type { RouteDependencies } from './route-dependencies.ts'
import { shopOperations } from './shop/operations.ts'
import { templateOperations } from './templates/operations.ts'
import { wordingOperations } from './wordings/operations.ts'

/** Everything that can be done here: a line for each resource, a folder behind each line. */
export function createOperations(dependencies: RouteDependencies): Operation[] {
  return [
    ...contactOperations(dependencies),
    ...groupOperations(dependencies),
    ...reachOperations(dependencies),
    ...registrationOperations(dependencies),
    ...consentOperations(dependencies),
    ...wordingOperations(dependencies),
    ...templateOperations(dependencies),
    ...eventKindOperations(),
    ...optinLinkOperations(dependencies),
    ...optinPageOperations(dependencies),
    ...botOperations(dependencies),
    ...importOperations(dependencies),
    ...shopOperations(dependencies),
  ]
}
