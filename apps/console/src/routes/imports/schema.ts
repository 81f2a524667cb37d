import { parseCountry } from '@postino/imports'
import { z } from 'zod'

const count = (description: string) => z.number().int().min(0).meta({ description })

const issueSchema = z.strictObject({
  line: z.number().int().meta({ description: 'As a text editor counts, from 1' }),
  column: z
    .string()
    .meta({ description: 'As the file’s header calls it; the message follows this name' })
    .optional(),
  code: z.string().meta({ examples: ['invalid_phone'] }),
  message: z.string(),
})

const found = {
  errors: z.array(issueSchema).meta({ description: 'What lines were refused for, the first 1,000' }),
  more_errors: count('Errors beyond these'),
  notices: z
    .array(issueSchema)
    .meta({ description: 'What should be known of lines and columns, the first 1,000' }),
  more_notices: count('Notices beyond these'),
}

const dryRun = z.boolean().meta({ description: 'Everything was checked, and nothing kept' })

export const contactImportSchema = z
  .strictObject({
    dry_run: dryRun,
    created: count('Contacts that are new'),
    changed: count('Contacts that were completed or changed'),
    unchanged: count('Contacts that are as the file has them'),
    refused: count('Lines with an error'),
    repeated: count('Lines whose contact comes again further down, where it counts'),
    ...found,
  })
  .meta({ id: 'ContactImport', description: 'What became of a file of contacts' })

export const registrationImportSchema = z
  .strictObject({
    dry_run: dryRun,
    registered: count('Chats that were bound to a contact'),
    granted: count('Entries of the ledger'),
    unchanged: count('Lines that brought nothing new'),
    refused: count('Lines with an error'),
    ...found,
  })
  .meta({ id: 'RegistrationImport', description: 'What became of a file of chats that agreed elsewhere' })

const flag = z.enum(['true', 'false']).optional()

export const contactImportQuery = z.strictObject({
  dry_run: flag.describe('Check everything, and keep nothing'),
  attributes: flag.describe('Keep columns of unknown names as attributes; else they are told and left aside'),
  country: z
    .string()
    .refine((text) => parseCountry(text) !== undefined, {
      error: 'must be a country by its two letters, such as IT',
      params: { code: 'unknown_country' },
    })
    .optional()
    .describe('The country of phone numbers without a country code, such as IT'),
  id_column: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'The column that holds the external ids, when the file has none for them alone, such as Mobile',
    ),
})

export const registrationImportQuery = z.strictObject({
  dry_run: flag.describe('Check everything, and keep nothing'),
  bot: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('The username of the bot that has these chats, when the shop has several'),
})
