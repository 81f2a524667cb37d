import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createKeyring,
  KeyringError,
  parseSecretKeys,
  secretKeysProblem,
  tokenContext,
  webhookSecretContext,
} from './keyring.ts'

const OLD = randomBytes(32)
const NEW = randomBytes(32)
const CONTEXT = tokenContext('1', '4711')
const SECRET = '4711:AAE-a-token'

const keyring = createKeyring(new Map([['old', OLD]]))

test('what was sealed opens again under the same context, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string(), { maxLength: 3 }),
      (secret, context) => {
        const sealed = keyring.seal(secret, context)
        expect(sealed.keyId).toBe('old')
        expect(keyring.open(sealed, context)).toBe(secret)
      },
    ),
  )
})

test('sealed twice it looks different, and nowhere like the secret', () => {
  const [one, other] = [keyring.seal(SECRET, CONTEXT), keyring.seal(SECRET, CONTEXT)]
  expect(one.ciphertext.equals(other.ciphertext)).toBe(false)
  expect(one.ciphertext.includes(SECRET)).toBe(false)
  // Nothing beyond a nonce of 12 bytes and a tag of 16.
  expect(one.ciphertext).toHaveLength(12 + SECRET.length + 16)
})

test('a flipped bit anywhere, a cut or an addition is noticed', () => {
  const { keyId, ciphertext } = keyring.seal(SECRET, CONTEXT)
  for (let index = 0; index < ciphertext.length; index++) {
    const tampered = Buffer.from(ciphertext)
    tampered.writeUInt8(tampered.readUInt8(index) ^ 1, index)
    expect(() => keyring.open({ keyId, ciphertext: tampered }, CONTEXT)).toThrow(KeyringError)
  }
  for (let length = 0; length < ciphertext.length; length++) {
    expect(() => keyring.open({ keyId, ciphertext: ciphertext.subarray(0, length) }, CONTEXT)).toThrow(
      KeyringError,
    )
  }
  const longer = Buffer.concat([ciphertext, Buffer.alloc(1)])
  expect(() => keyring.open({ keyId, ciphertext: longer }, CONTEXT)).toThrow(KeyringError)
})

test.each([
  ['another shop', tokenContext('2', '4711')],
  ['another bot', tokenContext('1', '4712')],
  ['another column', webhookSecretContext('1', '4711')],
  ['another place for the comma', tokenContext('1,4711', '')],
])('copied to %s it does not open', (_, context) => {
  expect(() => keyring.open(keyring.seal(SECRET, CONTEXT), context)).toThrow('moved row')
})

test('with two keys the first one seals and both open: how keys are rotated', () => {
  const sealedBefore = keyring.seal(SECRET, CONTEXT)
  const rotated = createKeyring(
    new Map([
      ['new', NEW],
      ['old', OLD],
    ]),
  )
  expect(rotated.open(sealedBefore, CONTEXT)).toBe(SECRET)
  const sealedAfter = rotated.seal(SECRET, CONTEXT)
  expect(sealedAfter.keyId).toBe('new')
  expect(() => keyring.open(sealedAfter, CONTEXT)).toThrow('no secret key with id new: add it to SECRET_KEYS')
})

test('another key under the known id does not open', () => {
  const wrong = createKeyring(new Map([['old', NEW]]))
  expect(() => wrong.open(keyring.seal(SECRET, CONTEXT), CONTEXT)).toThrow('wrong key')
})

test('no failure tells the secret or a key', () => {
  const wrong = createKeyring(new Map([['old', NEW]]))
  for (const open of [
    () => wrong.open(keyring.seal(SECRET, CONTEXT), CONTEXT),
    () => keyring.open({ keyId: 'gone', ciphertext: OLD }, CONTEXT),
    () => parseSecretKeys(`one:${NEW.toString('base64').slice(4)}`),
  ]) {
    const told = messageOf(open)
    expect(told).not.toContain(SECRET)
    expect(told).not.toContain(NEW.toString('base64').slice(8, 24))
    expect(told).not.toContain(OLD.toString('base64').slice(8, 24))
  }
})

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  throw new Error('it did not fail')
}

test('a ring without a key is none', () => {
  expect(() => createKeyring(new Map())).toThrow(KeyringError)
})

test('keys are read in their order, with room around them', () => {
  const text = ` new : ${NEW.toString('base64')} ,old:${OLD.toString('base64')}`
  expect([...parseSecretKeys(text)]).toEqual([
    ['new', NEW],
    ['old', OLD],
  ])
  expect(secretKeysProblem(text)).toBeUndefined()
})

test.each([
  ['nothing', '', 'must read'],
  ['no id', `:${OLD.toString('base64')}`, 'must read'],
  ['an id with a space', `my key:${OLD.toString('base64')}`, 'must read'],
  ['no separator', OLD.toString('base64'), 'must read'],
  ['a short key', `a:${OLD.subarray(1).toString('base64')}`, '32 bytes'],
  ['a long key', `a:${Buffer.concat([OLD, OLD]).toString('base64')}`, '32 bytes'],
  ['the same id twice', `a:${OLD.toString('base64')},a:${NEW.toString('base64')}`, 'twice'],
  ['a comma at the end', `a:${OLD.toString('base64')},`, 'must read'],
])('of %s it is said what is wrong', (_, text, problem) => {
  expect(secretKeysProblem(text)).toContain(problem)
  expect(() => parseSecretKeys(text)).toThrow(KeyringError)
})
