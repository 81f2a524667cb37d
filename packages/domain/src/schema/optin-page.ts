import { z } from 'zod'
import { contrastRatio } from '../contrast-ratio.ts'
import { parseGroupKeyword } from '../group-keyword.ts'
import { PURPOSES } from '../purpose.ts'
import { WORDING_LOCALES } from '../wording/wording.ts'
import { text, url } from './formats.ts'

const WHITE = '#ffffff'
const TEXT_COLOR = '#1c1c1e'
/** Web Content Accessibility Guidelines 2.2, 1.4.3. */
const READABLE_RATIO = 4.5

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #2481cc', abort: true })
  .overwrite((value) => value.toLowerCase())

const pageTexts = z.strictObject({
  title: text.max(80).optional(),
  intro: text.max(600).optional(),
  button: text.max(40).optional(),
})

/** How a shop's hosted opt-in page looks and what it offers. Everything has a default. */
export const optinPageSchema = z
  .strictObject({
    name: text.max(64).optional().meta({ description: 'Instead of the shop’s name' }),
    logo_url: url
      .refine((address) => !address.startsWith('http://'), { error: 'must begin with https://' })
      .optional(),
    accent_color: color
      .refine((value) => contrastRatio(value, WHITE) >= READABLE_RATIO, {
        error: `must be dark enough for white text on it: a contrast of ${READABLE_RATIO} to 1`,
      })
      .default('#1f6fad'),
    background_color: color
      .refine((value) => contrastRatio(value, TEXT_COLOR) >= READABLE_RATIO, {
        error: `must be light enough for dark text on it: a contrast of ${READABLE_RATIO} to 1`,
      })
      .default(WHITE),
    purposes: z
      .array(z.enum(PURPOSES))
      .min(1)
      .refine((purposes) => new Set(purposes).size === purposes.length, { error: 'names a purpose twice' })
      .default(['order_updates', 'cart_reminders', 'reminders', 'marketing']),
    locales: z
      .array(z.enum(WORDING_LOCALES))
      .min(1)
      .refine((locales) => new Set(locales).size === locales.length, { error: 'names a language twice' })
      .default([...WORDING_LOCALES]),
    group: z
      .string()
      .refine((keyword) => parseGroupKeyword(keyword) === keyword, { error: 'is no keyword of a group' })
      .optional()
      .meta({ description: 'Whoever opts in here joins this group' }),
    bot: z
      .string()
      .regex(/^\w{5,32}$/, { error: 'must be the user name of a bot, without the @' })
      .optional()
      .meta({ description: 'Instead of the shop’s first bot' }),
    texts: z.partialRecord(z.enum(WORDING_LOCALES), pageTexts).default({}),
  })
  .meta({
    id: 'OptinPageSettings',
    description: 'How the hosted opt-in page looks and what it offers',
    examples: [
      {
        accent_color: '#1f6fad',
        purposes: ['order_updates'],
        texts: { it: { title: 'I tuoi ordini su Telegram' } },
      },
    ],
  })

export type OptinPageSettings = z.infer<typeof optinPageSchema>
