import { z } from 'zod'
import { MESSAGE_CREATED_DATA } from '../examples/message.ts'
import { id, text, time, url } from './formats.ts'
import { personSchema } from './person.ts'

const shopMessageSchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the message in the shop’s system' }),
    subject: text.meta({ description: 'What it is about' }).optional(),
    excerpt: text
      .meta({ description: 'Its first words, as far as they may be shown in Telegram' })
      .optional(),
    url: url.meta({ description: 'The address where it can be read and answered' }),
  })
  .meta({
    id: 'ShopMessage',
    description: 'A message of the customer area, not the one sent by Telegram',
    examples: [MESSAGE_CREATED_DATA.message],
  })

/** The parts of `message.created`, without what all kinds have. */
export const messageCreatedParts = {
  message: shopMessageSchema,
  sender: personSchema.meta({ description: 'Who wrote it' }),
  recipient: personSchema.meta({ description: 'To whom it is addressed' }),
}

/** The parts of `message.read`, without what all kinds have. */
export const messageReadParts = {
  ...messageCreatedParts,
  read_at: time.meta({ description: 'When it was read' }).optional(),
}
