import type { Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { createListContacts } from './list-contacts.ts'
import { createMergeContact } from './merge-contact.ts'
import { createChangeContact, createGetContact, createRemoveContact } from './one-contact.ts'
import { createEraseContact } from './erase-contact.ts'
import { createExportContact } from './export-contact.ts'
import { createSaveContact } from './save-contact.ts'

export function contactOperations(dependencies: RouteDependencies): Operation[] {
  return [
    createListContacts(dependencies),
    createSaveContact(dependencies),
    createGetContact(dependencies),
    createChangeContact(dependencies),
    createRemoveContact(dependencies),
    createMergeContact(dependencies),
    createExportContact(dependencies),
    createEraseContact(dependencies),
  ]
}
