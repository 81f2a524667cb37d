import type { MediaType } from '@postino/domain'
import type { Message } from 'grammy/types'

/**
 * The id under which Telegram keeps a sent file for this bot. What it found inside decides what it calls the file: a silent
 * video comes back as an animation, a picture sent as a document as that. Undefined when it names none.
 *
 * @param as what the file was sent as, looked for first: an animation is named as a document too
 */
export function sentFileId(message: Partial<Message>, as: MediaType): string | undefined {
  const { photo, video, audio, document, animation, voice } = message
  // Sizes of one picture, smallest first; only the largest may be sent on as the picture.
  if (as === 'photo' && photo !== undefined) return photo.at(-1)?.file_id
  const named = { photo: undefined, video, audio, document }[as]
  return (named ?? animation ?? document ?? video ?? audio ?? voice ?? photo?.at(-1))?.file_id
}
