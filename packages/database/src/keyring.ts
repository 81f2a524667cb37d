import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** A secret at rest: the id of the key that sealed it, and iv, ciphertext and tag in one. */
export interface SealedSecret {
  keyId: string
  ciphertext: Buffer
}

/**
 * Seals and opens secrets with AES-256-GCM. `context` says whose secret it is and must be the same at both ends: a
 * ciphertext copied to another row does not open.
 */
export interface Keyring {
  seal(secret: string, context: string[]): SealedSecret
  open(sealed: SealedSecret, context: string[]): string
}

export class KeyringError extends Error {
  override readonly name = 'KeyringError'
}

/** Keys in the form `<key id>:<base64 of 32 bytes>[,…]`. The first one seals, all of them open. */
export function parseSecretKeys(text: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(',')) {
    const separator = entry.indexOf(':')
    const id = entry.slice(0, separator).trim()
    const key = Buffer.from(entry.slice(separator + 1).trim(), 'base64')
    if (separator < 1 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
      throw new KeyringError('each key must read <key id>:<base64 of 32 bytes>')
    }
    if (key.length !== 32)
      throw new KeyringError(`key ${id} must be 32 bytes in base64, it has ${key.length}`)
    if (keys.has(id)) throw new KeyringError(`key id ${id} is there twice`)
    keys.set(id, key)
  }
  return keys
}

/** What is wrong with such a text, for whoever set it; undefined when nothing is. */
export function secretKeysProblem(text: string): string | undefined {
  try {
    parseSecretKeys(text)
    return undefined
  } catch (error) {
    if (error instanceof KeyringError) return error.message
    throw error
  }
}

export function createKeyring(buffers: Map<string, Buffer>): Keyring {
  // Made once: node makes a key of a buffer anew at each use.
  const keys = new Map([...buffers].map(([id, buffer]) => [id, createSecretKey(buffer)]))
  const [first] = keys
  if (first === undefined) throw new KeyringError('at least one secret key is needed')
  const [currentId, currentKey] = first
  return {
    seal(secret, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, currentKey, iv).setAAD(aad(context))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { keyId: currentId, ciphertext: Buffer.concat([iv, body, cipher.getAuthTag()]) }
    },
    open({ keyId, ciphertext }, context) {
      const key = keys.get(keyId)
      if (key === undefined) throw new KeyringError(`no secret key with id ${keyId}: add it to SECRET_KEYS`)
      try {
        const decipher = createDecipheriv(CIPHER, key, ciphertext.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(aad(context))
          .setAuthTag(ciphertext.subarray(-TAG_BYTES))
        const body = ciphertext.subarray(IV_BYTES, -TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch (error) {
        throw new KeyringError(`a secret sealed with key ${keyId} does not open: wrong key or moved row`, {
          cause: error,
        })
      }
    },
  }
}

function aad(context: string[]): Buffer {
  return Buffer.from(JSON.stringify(context))
}

/** The context under which a bot's token is sealed. */
export function tokenContext(shopId: string, telegramId: string): string[] {
  return ['bots.token', shopId, telegramId]
}

/** The context under which a bot's webhook secret is sealed. */
export function webhookSecretContext(shopId: string, telegramId: string): string[] {
  return ['bots.webhook_secret', shopId, telegramId]
}

/** The context under which a bot's secret of "Log in with Telegram" is sealed. */
export function loginSecretContext(shopId: string, telegramId: string): string[] {
  return ['bots.login_secret', shopId, telegramId]
}

/** The context under which a log-in under way is sealed. */
export function loginStateContext(shopId: string): string[] {
  return ['login_state', shopId]
}
