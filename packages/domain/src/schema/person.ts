import { z } from 'zod'
import { JAMES, OLENA } from '../examples/people.ts'
import { email, id, locale, phone, text, timeZone } from './formats.ts'

export const personSchema = z
  .strictObject({
    external_id: id.meta({
      description: 'How the shop calls this person, always in the same way',
      examples: ['customer-2071'],
    }),
    name: z
      .strictObject({
        first: text.meta({ description: 'Given name', examples: ['Giulia'] }),
        last: text.meta({ description: 'Family name', examples: ['Rossi'] }).optional(),
      })
      .meta({ description: 'How the person is addressed' })
      .optional(),
    locale: locale.meta({ description: 'BCP 47', examples: ['it-IT'] }).optional(),
    time_zone: timeZone.meta({ description: 'IANA', examples: ['Europe/Rome'] }).optional(),
    phone: phone.meta({ description: 'E.164', examples: ['+447700900123'] }).optional(),
    email: email.meta({ description: 'E-mail address', examples: ['giulia.rossi@example.it'] }).optional(),
  })
  .meta({
    id: 'Person',
    description: 'A person of the shop’s book. Only the id is needed once Postino knows the contact.',
    examples: [JAMES, OLENA],
  })

export type Person = z.infer<typeof personSchema>
