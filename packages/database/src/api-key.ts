import { hash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 10
const SECRET_LENGTH = 32
const CHECKSUM_LENGTH = 6

export const API_KEY_SCOPES = [
  'events:write',
  'events:read',
  'contacts:read',
  'contacts:write',
  'consents:read',
  'consents:write',
  'templates:read',
  'templates:write',
  'settings:read',
  'settings:write',
] as const
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

export interface NewApiKey {
  /** Shown once: `pst_live_` and 48 letters and digits, the last six of them a checksum. */
  text: string
  id: string
  secretHash: Buffer
}

export function generateApiKey(environment: 'live' | 'test'): NewApiKey {
  const id = randomLetters(ID_LENGTH)
  const secret = randomLetters(SECRET_LENGTH)
  const start = `pst_${environment}_${id}${secret}`
  return { text: start + checksum(start), id, secretHash: hashSecret(secret) }
}

/** Takes a key apart; undefined when its form or checksum is wrong, which costs no question to the database. */
export function parseApiKey(text: string): { id: string; secretHash: Buffer } | undefined {
  const match = /^(pst_(?:live|test)_([0-9A-Za-z]{10})([0-9A-Za-z]{32}))([0-9A-Za-z]{6})$/.exec(text)
  if (match === null) return undefined
  const [, start = '', id = '', secret = '', sum] = match
  return checksum(start) === sum ? { id, secretHash: hashSecret(secret) } : undefined
}

export function isSameSecret(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

// 190 random bits need no slow hash.
function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

function checksum(text: string): string {
  let rest = crc32(text)
  let letters = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    letters = `${ALPHABET[rest % ALPHABET.length]}${letters}`
    rest = Math.floor(rest / ALPHABET.length)
  }
  return letters
}
