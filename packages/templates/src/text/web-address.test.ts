import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressProblem } from './web-address.ts'

test.each([
  'https://shop.example/orders/1?x=1&y=2#a',
  'http://shop.example',
  'HTTPS://пошта.укр/відстеження/42',
])('%s may be linked', (address) => {
  expect(addressProblem(address)).toBeUndefined()
})

test.each([
  ['', 'https'],
  ['javascript:alert(1)', 'https'],
  ['tg://user?id=1', 'https'],
  ['//shop.example/1', 'https'],
  ['https:shop.example', 'https'],
  ['https://', 'https'],
  ['https://localhost/1', 'full host'],
  ['https://1/', 'full host'],
  ['https://shop。example/', 'full host'],
  ['https://shop".example/', 'full host'],
  ['https://.example/', 'full host'],
  ['http://[::1]/', 'full host'],
  ['https://shop.example:0/', 'full host'],
  ['https://bank.example@evil.example/', 'user name'],
  ['https://:secret@evil.example/', 'user name'],
  ['https://shop.example/a b', 'blank'],
  ['https://shop.example\\@evil.example', 'backslash'],
  ['https://shop.example/\u202etxt', 'control character'],
  [`https://shop.example/${'a'.repeat(2048)}`, 'longer'],
])('%s may not', (address, reason) => {
  expect(addressProblem(address)).toContain(reason)
})

test('an address that needs no parser is one the parser takes as it is', () => {
  const unit = fc.constantFrom(...Array.from('aZ09.-/?#&=%_~:@!$()*+,;[]^`{|}"<> \\\u00e0é'))
  const host = fc.string({ unit: fc.constantFrom(...Array.from('aZ9-.')), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(host, fc.string({ unit, maxLength: 12 }), (name, rest) => {
      const address = `https://${name}${rest}`
      if (addressProblem(address) !== undefined) return
      const url = new URL(address)
      expect([url.username, url.password]).toEqual(['', ''])
      expect(url.host.length).toBeGreaterThan(0)
    }),
    { numRuns: 5_000 },
  )
})
