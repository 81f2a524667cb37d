import { z } from 'zod'

/**
 * What a shop writes for one event kind, state and locale. Texts and addresses are template source.
 * Telegram takes at most 8 buttons a row and 100 a message.
 */
export const templateContentSchema = z.strictObject({
  text: z.string().min(1).max(8000),
  buttons: z
    .array(
      z
        .array(z.strictObject({ text: z.string().min(1).max(200), url: z.string().min(1).max(2000) }))
        .min(1)
        .max(8),
    )
    .max(12)
    .default([]),
  silent: z.boolean().default(false),
})

export type TemplateContent = z.infer<typeof templateContentSchema>

export interface LinkButton {
  text: string
  url: string
}

/** A rendered notification, ready for Telegram: HTML parse mode, at most 4096 characters of text. */
export interface MessageContent {
  html: string
  buttons: LinkButton[][]
  silent: boolean
}
