import { EXAMPLES, type ShopEvent } from '@postino/domain'
import { expect, test } from 'vitest'
import { personOf, templateData } from './template-data.ts'

// The examples are valid events.
const EVENT = EXAMPLES['order.status_changed'] as unknown as ShopEvent
const RECIPIENT = 'customer-2071'
const SHOP = { name: 'Bottega', supportContact: null }

test('the book goes before what the event says of a person, and the event stands in where the book is silent', () => {
  const person = personOf(EVENT, RECIPIENT)
  const contact = { firstName: 'Giulietta', lastName: null, attributes: { tier: 'gold' } }
  expect(templateData(EVENT, { contact, person, locale: 'it-IT', shop: SHOP })).toEqual({
    ...EVENT.data,
    contact: {
      name: { first: 'Giulietta', last: person?.name?.last },
      locale: 'it-IT',
      attributes: { tier: 'gold' },
    },
    shop: { name: 'Bottega', support_contact: undefined },
  })
  expect(person?.name?.last).toBeDefined()
})

test('of somebody the event does not name it says nothing', () => {
  expect(personOf(EVENT, 'somebody-else')).toBeUndefined()
})
