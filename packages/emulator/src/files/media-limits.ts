import type { MediaKind } from './stored-file.ts'

const MEGABYTE = 1024 * 1024

/** Telegram's limits on files (https://core.telegram.org/bots/api#sending-files). */
export const MAX_PHOTO_BYTES = 10 * MEGABYTE
export const MAX_DOWNLOAD_BYTES = 20 * MEGABYTE
const MAX_PHOTO_BY_URL_BYTES = 5 * MEGABYTE
const MAX_FILE_BY_URL_BYTES = 20 * MEGABYTE

export const MAX_PHOTO_EDGES_SUM = 10_000
export const MAX_PHOTO_RATIO = 20

export function maxBytesByUrl(kind: MediaKind): number {
  return kind === 'photo' ? MAX_PHOTO_BY_URL_BYTES : MAX_FILE_BY_URL_BYTES
}

/** What an address must hold to be sent as this kind; documents by address are PDF, ZIP and GIF only. */
export const TYPES_BY_URL: Readonly<Record<MediaKind, RegExp>> = {
  photo: /^image\//,
  document: /^(application\/pdf|application\/zip|application\/x-zip-compressed|image\/gif)$/,
  video: /^video\/mp4$/,
  audio: /^audio\/(mpeg|mp4|x-m4a|mp3)$/,
  animation: /^(image\/gif|video\/mp4)$/,
}
