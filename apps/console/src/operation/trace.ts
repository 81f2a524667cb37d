import type { OperationRequest } from './operation.ts'

/** Who did it, as ledgers and logs of changes keep it: a key of the shop. */
export function actorOf({ keyId }: Pick<OperationRequest, 'keyId'>): string {
  return `api_key:${keyId}`
}

/** What proves it: this request. Nothing personal, as the ledger keeps it for good. */
export function evidenceOf({ requestId }: Pick<OperationRequest, 'requestId'>): { request_id: string } {
  return { request_id: requestId }
}
