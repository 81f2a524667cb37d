import { createKeyring } from '@postino/database'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  hashOfSecret,
  isHashOf,
  newSecret,
  openLoginState,
  sealLoginState,
  type LoginState,
} from './login-state.ts'

const keyring = createKeyring(new Map([['k1', Buffer.alloc(32, 7)]]))
const STATE: LoginState = {
  token: 't'.repeat(22),
  nonce: 'n',
  codeVerifier: 'v',
  browser: hashOfSecret('b'),
  language: 'it',
  expiresAtMs: 1_000,
}
const sealed = sealLoginState(keyring, '1', STATE)

test('what was sealed is opened again, for the same shop, until it ends', () => {
  expect(openLoginState(keyring, '1', { text: sealed, nowMs: 999 })).toEqual(STATE)
  expect(openLoginState(keyring, '1', { text: sealed, nowMs: 1_000 })).toBeUndefined()
  expect(openLoginState(keyring, '2', { text: sealed, nowMs: 0 })).toBeUndefined()
})

test('nothing of it can be read', () => {
  expect(sealed).toMatch(/^k1\.[\w-]+$/)
  expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain(STATE.token)
})

test('whatever else comes in its place opens nothing', () => {
  const changed = fc
    .tuple(fc.nat(sealed.length - 20), fc.constantFrom('A', 'b', '0', '-', '_', '.'))
    .map(([at, letter]) => `${sealed.slice(0, at)}${letter}${sealed.slice(at + 1)}`)
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), changed), (text) => {
      if (text !== sealed) expect(openLoginState(keyring, '1', { text, nowMs: 0 })).toBeUndefined()
    }),
  )
})

test('a secret fits its own hash alone', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(isHashOf(hashOfSecret(secret), secret)).toBe(true)
  for (const other of ['', secret.slice(1), newSecret()])
    expect(isHashOf(hashOfSecret(secret), other)).toBe(false)
  expect(isHashOf('', secret)).toBe(false)
})
