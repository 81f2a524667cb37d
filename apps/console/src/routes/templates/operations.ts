import type { Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { checkOperation } from './check/operation.ts'
import { draftOperations } from './draft-operations.ts'
import { previewOperation } from './preview/operation.ts'
import { publishingOperations } from './publishing-operations.ts'
import { readingOperations } from './reading-operations.ts'
import { testOperation } from './test/operation.ts'
import { versionOperations } from './version-operations.ts'

export function templateOperations(dependencies: RouteDependencies): Operation[] {
  return [
    ...readingOperations(dependencies),
    ...draftOperations(dependencies),
    ...publishingOperations(dependencies),
    ...versionOperations(dependencies),
    checkOperation(dependencies),
    previewOperation(dependencies),
    testOperation(dependencies),
  ]
}
