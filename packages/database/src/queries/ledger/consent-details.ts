import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '@postino/domain'

type Details = Record<string, unknown>

/** Of a web request; they prove little after some time, and are kept for less than the rest. */
const OF_VISITORS = ['ip', 'user_agent'] as const
const NONCE_BYTES = 16

/**
 * Personal proof as it is kept, and its hash, which is all the ledger knows of it. With nonces, so that nobody finds out
 * from a hash what was erased by trying all phone numbers. What is known of the visitor stands by itself, as `visitor`, with
 * a hash of its own: it can be taken away, and the rest still proves itself.
 */
export function sealDetails(given: Details): { details: Details; hash: string } {
  const isOfVisitor = (name: string) => OF_VISITORS.some((each) => each === name)
  const members = Object.entries(given).filter(([, value]) => value !== undefined)
  const visitor = Object.fromEntries(members.filter(([name]) => isOfVisitor(name)))
  const rest = { ...Object.fromEntries(members.filter(([name]) => !isOfVisitor(name))), nonce: makeNonce() }
  if (Object.keys(visitor).length === 0) return { details: rest, hash: hashOf(rest) }
  const sealed = { ...visitor, nonce: makeNonce() }
  const lasting = { ...rest, visitor_hash: hashOf(sealed) }
  return { details: { ...lasting, visitor: sealed }, hash: hashOf(lasting) }
}

/** Whether kept details are those that were sealed with this hash. */
export function provesDetails(details: unknown, hash: string): boolean {
  if (typeof details !== 'object' || details === null) return false
  const { visitor, ...lasting }: Details = { ...details }
  if (visitor !== undefined && hashOf(visitor) !== lasting['visitor_hash']) return false
  return hashOf(lasting) === hash
}

function makeNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64url')
}

/** SHA-256, in hex. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
