import { z } from 'zod'

export const replacementInputSchema = z
  .strictObject({
    new_bot: z
      .string()
      .min(1)
      .max(33)
      .overwrite((text) => text.replace(/^@/, ''))
      .meta({
        description: 'The user name of the bot that comes, one of the shop',
        examples: ['bottega_due_bot'],
      }),
  })
  .meta({ id: 'BotReplacementInput', examples: [{ new_bot: 'bottega_due_bot' }] })

const count = (description: string) => z.int().min(0).meta({ description })

export const replacementSchema = z
  .strictObject({
    id: z.string(),
    old_bot_id: z.string(),
    new_bot_id: z.string(),
    started_at: z.iso.datetime(),
    invited_at: z.iso
      .datetime()
      .meta({
        description: 'When everybody had been looked at for the first time; whoever comes later is, too',
      })
      .optional(),
    ended_at: z.iso.datetime().optional(),
    total: count('People whose chat with the old bot is open'),
    moved: count('Of them, those whose chat with the new bot is open'),
    left: count('Of them, the others'),
    groups: count('Telegram groups the old bot is in; the new one is added to them by hand'),
    invited: count('Whom the old bot has told'),
    waiting: count('Whom it is about to tell'),
    not_invited: z.record(z.string(), z.int().min(0)).meta({
      description: 'Whom it may not write to, or could not reach, by reason',
      examples: [{ no_consent: 3 }],
    }),
  })
  .meta({ id: 'BotReplacement' })
