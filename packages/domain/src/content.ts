import { z } from 'zod'

/** What Telegram shows a file as. */
export const MEDIA_TYPES = ['photo', 'video', 'audio', 'document'] as const

export type MediaType = (typeof MEDIA_TYPES)[number]

/** An album takes at most so many files (core.telegram.org/bots/api#sendmediagroup). */
export const MAX_MEDIA = 10

/**
 * What becomes of a message whose call left and got no answer, so that nobody knows whether it arrived. `resend_once`: sent
 * once more; `drop`: left as it is; `hold`: the shop decides about it.
 */
export const ON_UNKNOWN = ['resend_once', 'drop', 'hold'] as const

export type OnUnknown = (typeof ON_UNKNOWN)[number]

const source = (maxChars: number) => z.string().min(1).max(maxChars)

const buttonSchema = z.union([
  z.strictObject({ text: source(200), url: source(2000) }),
  // What a press reports back to the shop.
  z.strictObject({ text: source(200), action: z.string().regex(/^[a-z0-9_]{1,32}$/) }),
  // A press puts this on the clipboard.
  z.strictObject({ text: source(200), copy: source(500) }),
])

const mediaSchema = z.union([
  z.strictObject({
    // auto: by its name, media type and size.
    type: z.enum(['auto', ...MEDIA_TYPES]).default('auto'),
    url: source(2000),
    name: source(200).optional(),
    mime: source(200).optional(),
    /** In bytes. */
    size: source(200).optional(),
  }),
  // A file Telegram has already, known to this bot alone.
  z.strictObject({ type: z.enum(MEDIA_TYPES), file_id: z.string().min(1).max(200) }),
])

/** What becomes of a message in its recipient's quiet hours. `wait`: it is sent when they end. */
export const QUIET_HOURS_RULES = ['send', 'send_silently', 'wait'] as const

export type QuietHoursRule = (typeof QUIET_HOURS_RULES)[number]

/** Which of several messages about one thing are sent when they wait at the same time. */
export const COLLAPSE_RULES = ['newest', 'all'] as const

export type CollapseRule = (typeof COLLAPSE_RULES)[number]

const [MIN_EXPIRY_SECONDS, MAX_EXPIRY_SECONDS] = [60, 30 * 24 * 60 * 60]

/**
 * What a shop writes for one event kind, state and locale. Texts, addresses and what is said of files are template source.
 * Telegram takes at most 8 buttons a row and 100 a message.
 */
export const templateContentSchema = z
  .strictObject({
    text: source(8000),
    /**
     * The one line a locked phone shows, when the text itself is nobody else's business: it goes first, and the text below it
     * is hidden until it is tapped.
     */
    preview: source(500).optional(),
    buttons: z.array(z.array(buttonSchema).min(1).max(8)).max(12).default([]),
    media: z.array(mediaSchema).max(MAX_MEDIA).optional(),
    silent: z.boolean().default(false),
    /** Cannot be forwarded or saved. */
    protect: z.boolean().optional(),
    /** Without it: `resend_once` for transactional messages, `drop` for all others. */
    on_unknown: z.enum(ON_UNKNOWN).optional(),
    /** Without it: `send` for transactional messages, `wait` for all others. */
    quiet_hours: z.enum(QUIET_HOURS_RULES).optional(),
    /** Without it: as the kind says. */
    collapse: z.enum(COLLAPSE_RULES).optional(),
    /** From the moment the event was accepted; the event's own `expirytime` counts, too. */
    expires_after_seconds: z.int().min(MIN_EXPIRY_SECONDS).max(MAX_EXPIRY_SECONDS).optional(),
  })
  .superRefine((content, context) => {
    const message = contentProblem(content)
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['buttons'], message })
  })

export type TemplateContent = z.infer<typeof templateContentSchema>

/** Says what parts of a template do not go together; undefined when they do. */
export function contentProblem({
  buttons,
  media = [],
}: Pick<TemplateContent, 'buttons' | 'media'>): string | undefined {
  // Telegram shows no buttons under an album. A link can move into the text, an action or a copy cannot.
  return media.length > 1 && buttons.flat().some((button) => !('url' in button))
    ? 'a message with a button that acts or copies takes one file: Telegram shows no buttons under several'
    : undefined
}

export interface LinkButton {
  text: string
  url: string
}

/** A press comes back to the bot with this data, at most 64 bytes. */
export interface CallbackButton {
  text: string
  callbackData: string
}

/** A press puts this text on the clipboard, 1 to 256 characters. */
export interface CopyButton {
  text: string
  copy: string
}

export type MessageButton = LinkButton | CallbackButton | CopyButton

/** A file to be shown: by its address, or by the id under which Telegram keeps it for this bot. */
export type MediaFile = { as: MediaType } & (
  | { url: string; name: string; mime?: string; sizeBytes?: number }
  | { fileId: string }
)

/** A rendered notification, ready for Telegram: HTML parse mode, at most 4096 characters of text, 1024 with media. */
export interface MessageContent {
  html: string
  buttons: MessageButton[][]
  silent: boolean
  protect?: boolean
  /** One file, or an album; an album has no buttons. */
  media?: MediaFile[]
  /** Photos and videos are covered until they are tapped. */
  hideMedia?: boolean
}
