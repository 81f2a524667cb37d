import { expect, test } from 'vitest'
import { proofOf, readTelegramPerson } from './telegram-person.ts'

const CLAIMS = {
  iss: 'https://oauth.telegram.org',
  aud: '77',
  sub: 'opaque',
  iat: 1_795_000_000,
  exp: 1_795_003_600,
  id: 501,
  name: 'Ada Lovelace',
}

test('the person is who Telegram says, by number, name and phone', () => {
  const more = {
    id: '501',
    preferred_username: 'ada',
    phone_number: '39333',
    locale: 'it',
    picture: 'https://x',
  }
  expect(readTelegramPerson({ ...CLAIMS, ...more })).toEqual({
    person: { id: 501, firstName: 'Ada Lovelace', username: 'ada', languageCode: 'it' },
    phone: '39333',
  })
})

test('a given name goes before the whole one, and what cannot be kept is taken out', () => {
  const { person } = readTelegramPerson({ ...CLAIMS, given_name: 'A\0da\ud800', family_name: 7 }) ?? {}
  expect(person).toMatchObject({ firstName: 'Ada\ufffd' })
  expect(person?.lastName).toBeUndefined()
})

test.each([
  { id: 0 },
  { id: -5 },
  { id: 1.5 },
  { id: 2 ** 53 },
  { id: 'x' },
  { id: null },
  { name: undefined },
])('%j is nobody', (change) => {
  expect(readTelegramPerson({ ...CLAIMS, ...change })).toBeUndefined()
})

test('of the claims only those are kept that prove the log-in', () => {
  expect(proofOf({ ...CLAIMS, jti: 'j', nonce: 'n', phone_number: '39', picture: 'https://x' })).toEqual({
    iss: CLAIMS.iss,
    aud: '77',
    sub: 'opaque',
    iat: CLAIMS.iat,
    exp: CLAIMS.exp,
    jti: 'j',
  })
})
