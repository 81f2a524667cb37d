import type { MediaType, MessageContent } from '@postino/domain'

/** Bytes of ours, for Telegram to keep. */
export interface Upload {
  /** As the recipient sees it; without an ending that says what it is, `mime` gives it one. */
  name: string
  mime?: string
  /** Read once, piece by piece, while the call is made. */
  content: Uint8Array | (() => AsyncIterable<Uint8Array>)
}

/** A file by the id under which Telegram keeps it for this bot, by an address Telegram fetches, or as an upload. */
export type FileToSend = { as: MediaType } & ({ fileId: string } | { url: string } | { upload: Upload })

/** A message whose files are ready to go. A `MessageContent` is one: its files go by their addresses. */
export interface ContentToSend extends Omit<MessageContent, 'media'> {
  media?: FileToSend[]
}

export type SendMethod =
  | 'sendMessage'
  | 'sendPhoto'
  | 'sendVideo'
  | 'sendAudio'
  | 'sendDocument'
  | 'sendMediaGroup'

const METHODS = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  audio: 'sendAudio',
  document: 'sendDocument',
} as const satisfies Record<MediaType, SendMethod>

/** The method of the Bot API that sends such a message. */
export function sendMethodOf({ media = [] }: { media?: { as: MediaType }[] }): SendMethod {
  const [first, second] = media
  if (first === undefined) return 'sendMessage'
  return second === undefined ? METHODS[first.as] : 'sendMediaGroup'
}
