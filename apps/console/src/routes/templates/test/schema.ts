import { z } from 'zod'
import { contactNameShape } from '../../../operation/contact-name.ts'
import { eventSchema } from '../event/choose-event.ts'
import { versionNumber } from '../schema.ts'

export const testSchema = z
  .strictObject({
    version: versionNumber.meta({ description: 'Without it: the draft, or else what is sent' }).optional(),
    ...contactNameShape,
    event: eventSchema,
  })
  .meta({
    id: 'TemplateTest',
    description: 'Without a contact: the shop’s only tester',
    examples: [{}, { external_id: 'staff-1', version: 2 }],
  })

export const testSendSchema = z
  .strictObject({
    message_id: z.string(),
    version: z.int(),
    contact_id: z.string(),
    external_id: z.string().meta({ description: 'Whose chat it goes to' }),
  })
  .meta({
    id: 'TemplateTestSend',
    examples: [{ message_id: '9041', version: 3, contact_id: '2071', external_id: 'staff-1' }],
  })
