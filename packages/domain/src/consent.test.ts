import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rightToTell, type Standing } from './consent.ts'
import { PURPOSES } from './purpose.ts'

const purposes = fc.oneof(
  fc.subarray([...PURPOSES]),
  fc.subarray([...PURPOSES]).map((some) => new Set(some)),
)
const standing: fc.Arbitrary<Standing> = fc.record({
  registration: fc.constantFrom('active', 'stopped', 'blocked', 'revoked', undefined),
  purpose: fc.constantFrom(...PURPOSES),
  granted: purposes,
  withdrawn: purposes,
  contractPurposes: purposes,
})

test('nobody is told without an open registration, and the reason says which end it met', () => {
  fc.assert(
    fc.property(standing, (given) => {
      const reason =
        given.registration === undefined ? 'not_registered' : `registration_${given.registration}`
      if (given.registration !== 'active') expect(rightToTell(given)).toEqual({ status: 'refused', reason })
    }),
  )
})

test('a withdrawal wins over every grant and every contract', () => {
  fc.assert(
    fc.property(standing, (given) => {
      const withdrawn = new Set(given.withdrawn).add(given.purpose)
      expect(rightToTell({ ...given, registration: 'active', withdrawn })).toEqual({
        status: 'refused',
        reason: 'consent_withdrawn',
      })
    }),
  )
})

test('marketing never rests on the contract', () => {
  fc.assert(
    fc.property(standing, (given) => {
      const right = rightToTell({ ...given, purpose: 'marketing', contractPurposes: [...PURPOSES] })
      if (right.status === 'allowed') expect(right.basis).toBe('consent')
      if (right.status === 'allowed') expect([...given.granted]).toContain('marketing')
    }),
  )
})

test('a right rests on a grant for this purpose, or on the contract, or there is none', () => {
  fc.assert(
    fc.property(standing, (given) => {
      const isGranted = [...given.granted].includes(given.purpose)
      const isContract = given.purpose !== 'marketing' && [...given.contractPurposes].includes(given.purpose)
      const expected = isGranted
        ? { status: 'allowed', basis: 'consent' }
        : isContract
          ? { status: 'allowed', basis: 'contract' }
          : { status: 'refused', reason: 'no_consent' }
      expect(rightToTell({ ...given, registration: 'active', withdrawn: [] })).toEqual(expected)
    }),
  )
})

test('nothing leaves the sandbox, and nothing goes to a registration that waits, whatever was granted', () => {
  fc.assert(
    fc.property(standing, (given) => {
      const open = { ...given, registration: 'active' } as const
      expect(rightToTell({ ...open, isOutsideSandbox: true })).toEqual({
        status: 'refused',
        reason: 'sandbox',
      })
      expect(rightToTell({ ...open, isOverQuota: true })).toEqual({ status: 'refused', reason: 'quota' })
    }),
  )
})
