import { z } from 'zod'
import { PURPOSES } from '../purpose.ts'
import { WORDING_LOCALES } from '../wording/wording.ts'
import { text } from './formats.ts'

const MAX_TITLE_CHARS = 32
/** Seven of them, and what stands around them, fit one message of Telegram. */
const MAX_TEXT_CHARS = 400
const MIN_TEXT_CHARS = 20

/** The shop's own words for a purpose in one language. */
export const wordingInputSchema = z
  .strictObject({
    purpose: z.enum(PURPOSES),
    locale: z.enum(WORDING_LOCALES),
    title: text
      .max(MAX_TITLE_CHARS)
      .meta({ description: 'It stands on the switch', examples: ['My orders'] }),
    text: text
      .min(MIN_TEXT_CHARS)
      .max(MAX_TEXT_CHARS)
      .refine((words) => words.includes('Telegram'), {
        error: 'must say what is sent, and that it comes by Telegram: name Telegram',
        params: { code: 'channel_not_named' },
      })
      .meta({ description: 'What will be sent, how often, and that it comes by Telegram' }),
  })
  .meta({
    id: 'WordingInput',
    description: 'What contacts are asked about one purpose, in one language',
    examples: [
      {
        purpose: 'order_updates',
        locale: 'en',
        title: 'My orders',
        text: 'We write to you on Telegram when your parcel leaves and when it arrives. Two messages an order.',
      },
    ],
  })

export type WordingInput = z.infer<typeof wordingInputSchema>
