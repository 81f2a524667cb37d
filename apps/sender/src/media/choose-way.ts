import type { FileKnowledge } from '@postino/database'
import { MAX_BYTES_BY_ADDRESS, MAX_FILE_BYTES, MAX_PHOTO_BYTES, type MediaFile } from '@postino/domain'
import type { FileRemedy } from '@postino/telegram'

/** How a file goes: by the id Telegram keeps it under, or by one of the ways that are tried one after the other. */
export type Way = 'id' | NonNullable<FileKnowledge['way']>

/** Of all uploads of a call together: 50 MB for the request, of which the text and the form need a little. */
export const UPLOAD_MAX_BYTES = MAX_FILE_BYTES - 64 * 1024

/** The next way of a file, by what is known of it. An album shows no picture as a document: such a one goes as a link. */
export function chooseWay(file: MediaFile, known: FileKnowledge, { isAlbum }: { isAlbum: boolean }): Way {
  if ('fileId' in file) return known.way === 'link' ? 'link' : 'id'
  const way = known.way ?? firstWay(file)
  if (way === 'link' || (way === 'document' && isAlbum && file.as !== 'document')) return 'link'
  if (known.fileId !== undefined) return 'id'
  return way === 'url' ? way : uploadedAs(file, { sizeBytes: file.sizeBytes, way, isAlbum })
}

/** Of an upload, once its true size is known as well: a large picture goes as a document, what is too large as a link. */
export function uploadedAs(
  file: MediaFile,
  { sizeBytes = 0, way, isAlbum }: { sizeBytes?: number; way: 'upload' | 'document'; isAlbum: boolean },
): 'upload' | 'document' | 'link' {
  if (sizeBytes > UPLOAD_MAX_BYTES) return 'link'
  if (file.as !== 'photo' || sizeBytes <= MAX_PHOTO_BYTES) return way
  return isAlbum ? 'link' : 'document'
}

function firstWay(file: Extract<MediaFile, { url: string }>): 'url' | 'upload' {
  const maxBytes = file.as === 'photo' ? MAX_BYTES_BY_ADDRESS.photo : MAX_BYTES_BY_ADDRESS.other
  if (file.sizeBytes !== undefined && file.sizeBytes > maxBytes) return 'upload'
  // Of all documents Telegram fetches only these by itself.
  return file.as === 'document' && !isPdfOrZip(file) ? 'upload' : 'url'
}

function isPdfOrZip({ name, mime }: { name: string; mime?: string }): boolean {
  if (mime !== undefined) return /^application\/(pdf|zip|x-zip-compressed)\s*(;|$)/i.test(mime)
  return /\.(pdf|zip)$/i.test(name)
}

/**
 * What is to be remembered of a file that Telegram refused. Every answer leads further along id, address, upload, document,
 * link, and none back, so that each way is tried once at most.
 */
export function wayAfterRefusal(
  { file, known, way }: { file: MediaFile; known: FileKnowledge; way: Way },
  remedy: FileRemedy,
  { isAlbum }: { isAlbum: boolean },
): FileKnowledge {
  const mayBecomeDocument = file.as !== 'document' && !isAlbum && 'url' in file
  switch (way) {
    case 'id':
      // The way by which it came to Telegram is open again.
      return { way: remedy === 'send_as_link' || 'fileId' in file ? 'link' : known.way }
    case 'url':
      if (remedy === 'send_as_link') return { way: 'link' }
      if (remedy !== 'send_as_document') return { way: 'upload' }
      return { way: mayBecomeDocument ? 'document' : 'link' }
    case 'upload':
      return { way: remedy === 'send_as_document' && mayBecomeDocument ? 'document' : 'link' }
    case 'document':
    case 'link':
      return { way: 'link' }
  }
}
