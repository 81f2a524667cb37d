import { z } from 'zod'
import { MAX_FILE_BYTES, MEGABYTE_BYTES } from './telegram-file-limits.ts'

const MAX_ROWS = 200

const FIVE_MEGABYTES = 5 * MEGABYTE_BYTES
const FIFTY_MEGABYTES = 50 * MEGABYTE_BYTES

/** What a shop without a table of its own attaches: what people open on a phone, as far as they like to load it there. */
export const DEFAULT_ATTACHMENT_POLICY: AttachmentPolicy = {
  pdf: FIVE_MEGABYTES,
  zip: FIVE_MEGABYTES,
  jpg: FIVE_MEGABYTES,
  jpeg: FIVE_MEGABYTES,
  png: FIVE_MEGABYTES,
  gif: FIVE_MEGABYTES,
  mp4: FIFTY_MEGABYTES,
  mp3: FIFTY_MEGABYTES,
}

/**
 * Which files go with a message, by the ending of their name: each with the size in bytes from which on it goes as a link.
 * What has no row always does. "Less than 5 MB" is therefore 5,242,880: a file of exactly that many bytes is a link.
 */
export const attachmentPolicySchema = z
  .record(
    z.string().regex(/^(?=\d*[a-z])[a-z\d]{1,10}$/, 'an ending is written in small letters, without the dot'),
    z.int().min(0).max(MAX_FILE_BYTES),
  )
  .refine((policy) => Object.keys(policy).length <= MAX_ROWS, `at most ${MAX_ROWS} endings`)
  .meta({
    id: 'AttachmentPolicy',
    description:
      'Which files go with a message: the ending of the name, and the size in bytes from which on it goes as a link',
    examples: [DEFAULT_ATTACHMENT_POLICY, { pdf: 20 * MEGABYTE_BYTES, dwg: FIVE_MEGABYTES, zip: 0 }],
  })

export type AttachmentPolicy = Readonly<Record<string, number>>
