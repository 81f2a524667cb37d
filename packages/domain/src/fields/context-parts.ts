import { z } from 'zod'
import { EXAMPLE_READERS } from '../examples/readers.ts'
import { EXAMPLE_SHOP } from '../examples/shop.ts'
import type { EventKind } from '../kind.ts'
import { locale, text } from '../schema/formats.ts'

const nameSchema = z.strictObject({
  first: text.meta({ description: 'The reader’s given name' }).optional(),
  last: text.meta({ description: 'The reader’s family name' }).optional(),
})

const contactSchema = z.strictObject({
  name: nameSchema.meta({ description: 'How the reader is addressed' }),
  locale: locale.meta({ description: 'The language the reader is written to in' }).optional(),
  attributes: z
    .record(z.string(), z.unknown())
    .meta({ description: 'What else the shop’s book says of the reader', examples: [{ tier: 'gold' }] })
    .optional(),
})

const shopSchema = z.strictObject({
  name: text.meta({ description: 'The name of the shop' }),
  support_contact: text
    .meta({ description: 'Where customers can ask for help: a phone number, an address, a name' })
    .optional(),
})

/** What templates may read beside the event's own data. */
export const contextParts = {
  contact: contactSchema.meta({ description: 'Who reads the message, as the shop’s book has them' }),
  shop: shopSchema.meta({ description: 'The shop the message comes from' }),
}

export function contextExample(kind: EventKind) {
  const { name, locale: language } = EXAMPLE_READERS[kind]
  return { contact: { name, locale: language }, shop: EXAMPLE_SHOP }
}
