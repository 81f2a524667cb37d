import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { KeyringError, loginStateContext, type Keyring } from '@postino/database'
import { z } from 'zod'

const stateSchema = z.strictObject({
  /** Of the opt-in link that the log-in uses up. */
  token: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** SHA-256 of what only the visitor's browser has. */
  browser: z.string(),
  language: z.string(),
  expiresAtMs: z.number(),
})

/**
 * All that is to be known of a log-in under way. It travels with the visitor, sealed, so that any process can take it up again;
 * that it counts once is the link's affair.
 */
export type LoginState = z.infer<typeof stateSchema>

export function sealLoginState(keyring: Keyring, shopId: string, state: LoginState): string {
  const { keyId, ciphertext } = keyring.seal(JSON.stringify(state), loginStateContext(shopId))
  return `${keyId}.${ciphertext.toString('base64url')}`
}

/** Undefined for what we have not sealed for this shop, and for what is too old. */
export function openLoginState(
  keyring: Keyring,
  shopId: string,
  sealed: { text: string; nowMs: number },
): LoginState | undefined {
  const [keyId = '', ciphertext = ''] = sealed.text.split('.', 2)
  try {
    const secret = { keyId, ciphertext: Buffer.from(ciphertext, 'base64url') }
    const state = stateSchema.parse(JSON.parse(keyring.open(secret, loginStateContext(shopId))))
    return state.expiresAtMs > sealed.nowMs ? state : undefined
  } catch (error) {
    if (error instanceof KeyringError) return undefined
    throw error
  }
}

const SECRET_BYTES = 32

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

export function isHashOf(hash: string, secret: string): boolean {
  const [expected, given] = [Buffer.from(hash), Buffer.from(hashOfSecret(secret))]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
