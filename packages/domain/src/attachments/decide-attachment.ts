import type { MediaType } from '../content.ts'
import type { AttachmentPolicy } from './attachment-policy.ts'
import { cleanFileName, fileNameInAddress, renamed, withEnding } from './file-name.ts'
import {
  fileTypeOfMedia,
  fileTypeOfMime,
  fileTypeOfName,
  plainMime,
  shownAs,
  type FileType,
} from './file-type.ts'
import { MAX_FILE_BYTES, MAX_PHOTO_BYTES } from './telegram-file-limits.ts'

/** A file with an address, as a template gives it. */
export interface OfferedFile {
  /** auto: as what it is. */
  type: 'auto' | MediaType
  /** An http(s) address. */
  url: string
  name?: string
  mime?: string
  sizeBytes?: number
}

export interface FileLink {
  url: string
  name: string
}

/** Why a file goes as a link: the shop attaches no such type, or none of this size, or Telegram takes none so large. */
export type LinkReason = 'type' | 'size'

export type AttachmentDecision =
  | { status: 'attached'; file: FileLink & { as: MediaType; mime?: string; sizeBytes?: number } }
  | { status: 'link'; link: FileLink; reason: LinkReason }

/**
 * Decides whether a file goes with its message, and as what. The name and the media type say what it is; the address only
 * when they say nothing, and then what the template wants it shown as. Where name and media type disagree, both must be
 * allowed, and it goes as a document. A file of unknown size is attached: whoever sends it will learn the size.
 */
export function decideAttachment(file: OfferedFile, policy: AttachmentPolicy): AttachmentDecision {
  const { url, sizeBytes } = file
  const types = typesOf(file)
  const link = { url, name: nameOf(file, types[0]) }
  const limitBytes = limitOf(types, policy)
  if (limitBytes === 0) return { status: 'link', link, reason: 'type' }
  // Telegram refuses an empty file too.
  if (sizeBytes === 0 || (sizeBytes !== undefined && sizeBytes >= limitBytes))
    return { status: 'link', link, reason: 'size' }
  const as = mediaTypeOf(file, types)
  const mime = plainMime(file.mime ?? '')
  return {
    status: 'attached',
    file: {
      as,
      ...link,
      ...(mime === undefined ? {} : { mime }),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
    },
  }
}

/** One type, two where name and media type disagree, none where nothing says what the file is. */
function typesOf({ type, url, name = '', mime = '' }: OfferedFile): FileType[] {
  const byName = fileTypeOfName(cleanFileName(name) ?? '')
  const byMime = fileTypeOfMime(mime)
  if (byName !== undefined && byMime !== undefined && !byMime.includes(byName[0])) return [byName, byMime]
  const said =
    byName ??
    byMime ??
    fileTypeOfName(fileNameInAddress(url) ?? '') ??
    (type === 'auto' ? undefined : fileTypeOfMedia(type))
  return said === undefined ? [] : [said]
}

function nameOf({ url, name = '' }: OfferedFile, type: FileType | undefined): string {
  const given = cleanFileName(name)
  return given === undefined ? renamed(fileNameInAddress(url), type) : withEnding(given, type)
}

/** In bytes; 0 for what is never attached. */
function limitOf(types: FileType[], policy: AttachmentPolicy): number {
  if (types.length === 0) return 0
  const rows = types.map((endings) => Math.max(...endings.map((ending) => policy[ending] ?? 0)))
  return Math.min(MAX_FILE_BYTES, ...rows)
}

function mediaTypeOf({ type, sizeBytes = 0 }: OfferedFile, types: FileType[]): MediaType {
  const [as = 'document', other = as] = types.map(shownAs)
  if (type === 'document' || as !== other) return 'document'
  return as === 'photo' && sizeBytes > MAX_PHOTO_BYTES ? 'document' : as
}
