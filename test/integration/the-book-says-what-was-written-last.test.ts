import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const orNull = <Value>(value: fc.Arbitrary<Value>) => maybe(fc.option(value, { nil: null }))

const name = fc.constantFrom('Ада', "O'Brien", 'a"b', '{"x":1}', '%_\\', '😀', ' e ', 'null')
const fields = fc
  .record({
    name: maybe(fc.record({ first: orNull(name), last: orNull(name) })),
    locale: orNull(fc.constantFrom('it', 'uk-UA')),
    time_zone: orNull(fc.constantFrom('Europe/Rome', 'Europe/Kyiv')),
    phone: orNull(fc.constantFrom('+393470000001', '+380501234567')),
    email: orNull(fc.constantFrom('a@example.it', "o'b+x@example.co.uk")),
    birthday: orNull(fc.constantFrom('1984-05-12', '--02-29')),
    attributes: orNull(
      fc.dictionary(fc.constantFrom('a', 'b_1'), fc.oneof(name, fc.integer(), fc.boolean())),
    ),
  })
  .map(withoutUndefined)
const step = fc.oneof(
  fc.record({ act: fc.constantFrom('save', 'change'), fields }),
  fc.record({ act: fc.constant('remove'), fields: fc.constant({}) }),
)

let shops = 0

test('whatever is added, changed and removed, in any order', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
    const shop = await createShop(database, `book-${++shops}`)
    const expected: Expected = { profile: { attributes: {} }, isRemoved: false }
    const first = await ask(shop, { method: 'POST', url: '/v1/contacts', body: { external_id: 'one' } })
    const url = `/v1/contacts/${Object(first.body).id}`
    for (const { act, fields: given } of steps) {
      if (act === 'remove') await ask(shop, { method: 'DELETE', url })
      else if (act === 'change') await ask(shop, { method: 'PATCH', url, body: given })
      else await ask(shop, { method: 'POST', url: '/v1/contacts', body: { external_id: 'one', ...given } })
      write(expected, act, given)
    }
    const { body } = await ask(shop, { url })
    const { external_id: externalId, removed_at: removedAt, ...contact } = Object(body)
    const profile = Object.fromEntries(
      ['name', 'locale', 'time_zone', 'phone', 'email', 'birthday', 'attributes'].map((key) => [
        key,
        contact[key],
      ]),
    )
    expect([externalId, removedAt !== undefined, withoutUndefined(profile)]).toEqual([
      'one',
      expected.isRemoved,
      expected.profile,
    ])
  })
  await fc.assert(property, { numRuns: 60 })
})

interface Expected {
  profile: Record<string, unknown>
  isRemoved: boolean
}

/** What the reference says of each act. */
function write(expected: Expected, act: string, given: Record<string, unknown>): void {
  if (act === 'remove') expected.isRemoved = true
  if (act === 'save') expected.isRemoved = false
  for (const [key, value] of Object.entries(given)) {
    if (key === 'name') {
      const merged = { ...Object(expected.profile['name']), ...withoutUndefined(Object(value)) }
      const left = Object.fromEntries(Object.entries(merged).filter(([, part]) => part !== null))
      delete expected.profile['name']
      if (Object.keys(left).length > 0) expected.profile['name'] = left
    } else if (value === null && key !== 'attributes') delete expected.profile[key]
    else expected.profile[key] = value ?? {}
  }
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}
