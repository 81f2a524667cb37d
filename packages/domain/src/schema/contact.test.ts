import { expect, test } from 'vitest'
import { contactInputSchema } from './contact.ts'

const errorsOf = (value: unknown) =>
  contactInputSchema.safeParse(value).error?.issues.map((issue) => issue.path.join('.')) ?? []

test('a contact needs nothing but the shop’s own id', () => {
  expect(contactInputSchema.parse({ external_id: 'customer-1' })).toEqual({ external_id: 'customer-1' })
})

test('what is null is taken away, what is not there stays as it is', () => {
  const given = { external_id: 'c', phone: null, name: { last: null } }
  expect(contactInputSchema.parse(given)).toEqual(given)
})

test.each(['1984-05-12', '--05-12', '--02-29', '2000-02-29'])('%s is a birthday', (birthday) => {
  expect(errorsOf({ external_id: 'c', birthday })).toEqual([])
})

test.each(['1984-13-01', '--00-10', '--02-30', '1999-02-29', '12.05.1984', '1984-5-1', '', '-1984-05-12'])(
  '%j is no birthday',
  (birthday) => expect(errorsOf({ external_id: 'c', birthday })).toEqual(['birthday']),
)

test.each([
  [{ external_id: 'with blank' }, 'external_id'],
  [{ external_id: 'c', phone: '0347 123' }, 'phone'],
  [{ external_id: 'c', email: 'nobody' }, 'email'],
  [{ external_id: 'c', attributes: { 'No Name': 1 } }, 'attributes.No Name'],
  [{ external_id: 'c', attributes: { a: { deep: 1 } } }, 'attributes.a'],
  [
    {
      external_id: 'c',
      attributes: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a${at}`, 1])),
    },
    'attributes',
  ],
  [{ external_id: 'c', consent: true }, ''],
])('%j is refused at %s', (value, path) => expect(errorsOf(value)).toEqual([path]))
