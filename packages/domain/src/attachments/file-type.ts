import type { MediaType } from '../content.ts'

/** Endings that mean the same type of file, the usual one first. */
export type FileType = readonly [ending: string, ...others: string[]]

const JPEG: FileType = ['jpg', 'jpeg', 'jpe', 'jfif']
const MP3: FileType = ['mp3']
const MP4: FileType = ['mp4']
const M4A: FileType = ['m4a']
const WAV: FileType = ['wav']
const XML: FileType = ['xml']
const ZIP: FileType = ['zip']

/** Registered media types and what servers commonly write instead of them (https://www.iana.org/assignments/media-types). */
const FILE_TYPES: ReadonlyMap<string, FileType> = new Map([
  ['application/epub+zip', ['epub']],
  ['application/gzip', ['gz']],
  ['application/json', ['json']],
  ['application/msword', ['doc']],
  ['application/pdf', ['pdf']],
  ['application/pkcs7-mime', ['p7m']],
  ['application/rtf', ['rtf']],
  ['application/vnd.ms-excel', ['xls']],
  ['application/vnd.ms-powerpoint', ['ppt']],
  ['application/vnd.oasis.opendocument.spreadsheet', ['ods']],
  ['application/vnd.oasis.opendocument.text', ['odt']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.rar', ['rar']],
  ['application/x-7z-compressed', ['7z']],
  ['application/x-msdownload', ['exe', 'dll']],
  ['application/x-pdf', ['pdf']],
  ['application/x-zip-compressed', ZIP],
  ['application/xml', XML],
  ['application/zip', ZIP],
  ['audio/mp3', MP3],
  ['audio/mp4', M4A],
  ['audio/mpeg', MP3],
  ['audio/ogg', ['ogg', 'oga', 'opus']],
  ['audio/wav', WAV],
  ['audio/x-m4a', M4A],
  ['audio/x-wav', WAV],
  ['image/bmp', ['bmp']],
  ['image/gif', ['gif']],
  ['image/heic', ['heic', 'heif']],
  ['image/jpeg', JPEG],
  ['image/jpg', JPEG],
  ['image/png', ['png']],
  ['image/svg+xml', ['svg']],
  ['image/tiff', ['tif', 'tiff']],
  ['image/webp', ['webp']],
  ['text/calendar', ['ics']],
  ['text/csv', ['csv']],
  ['text/html', ['html', 'htm']],
  ['text/plain', ['txt', 'text', 'log']],
  ['text/vcard', ['vcf']],
  ['text/xml', XML],
  ['video/mp4', ['mp4', 'm4v']],
  ['video/quicktime', ['mov']],
  ['video/webm', ['webm']],
])

/**
 * Telegram plays MPEG-4 and MP3 and M4A, and compresses pictures into photos. It would turn a GIF into a silent video: as a
 * document it stays what it is.
 */
const SHOWN_AS: ReadonlyMap<string, MediaType> = new Map([
  ['jpg', 'photo'],
  ['jpeg', 'photo'],
  ['jpe', 'photo'],
  ['jfif', 'photo'],
  ['png', 'photo'],
  ['mp4', 'video'],
  ['m4v', 'video'],
  ['mp3', 'audio'],
  ['m4a', 'audio'],
])

/** What a media type says, whatever its parameters; undefined for unknown ones and those that say nothing. */
export function fileTypeOfMime(mime: string): FileType | undefined {
  return FILE_TYPES.get(plainMime(mime) ?? '')
}

/** A media type in small letters without its parameters; undefined for what is none. */
export function plainMime(mime: string): string | undefined {
  const plain = mime.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  // The parts are those of RFC 6838.
  return /^[a-z\d][\w!#$&^.+-]{0,63}\/[a-z\d][\w!#$&^.+-]{0,63}$/.test(plain) ? plain : undefined
}

/** What the ending of a name says, in any case of letters; undefined without one. `v1.2` has none. */
export function fileTypeOfName(name: string): FileType | undefined {
  const [, ending] = /\.([a-z\d]{1,10})$/i.exec(name) ?? []
  return ending === undefined || /^\d+$/.test(ending) ? undefined : [ending.toLowerCase()]
}

/** What people may call a file of which nobody says more than how to show it. */
export function fileTypeOfMedia(type: MediaType): FileType | undefined {
  switch (type) {
    case 'photo':
      return JPEG
    case 'video':
      return MP4
    case 'audio':
      return MP3
    case 'document':
      return undefined
  }
}

export function shownAs([ending]: FileType): MediaType {
  return SHOWN_AS.get(ending) ?? 'document'
}
