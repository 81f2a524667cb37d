import { decodeUrl } from '../http/form-parameters.ts'
import type { UploadedFile } from '../http/parameters.ts'
import { refuse } from '../methods/refused-error.ts'
import type { MediaSource } from '../methods/input/media-source.ts'
import { parseFileId } from './file-id.ts'
import type { FileStore, NewFile } from './file-store.ts'
import { imageSizeOf } from './image-size.ts'
import type { ImageSize } from './image-size.ts'
import {
  MAX_PHOTO_BYTES,
  MAX_PHOTO_EDGES_SUM,
  MAX_PHOTO_RATIO,
  maxBytesByUrl,
  TYPES_BY_URL,
} from './media-limits.ts'
import { mimeTypeOf } from './mime-type.ts'
import type { MediaKind, StoredFile } from './stored-file.ts'
import type { WebAddresses } from './web-addresses.ts'

/** What a call says about a media besides its bytes. */
interface MediaDetails {
  readonly width: number
  readonly height: number
  readonly durationSeconds: number
  readonly title: string
  readonly performer: string
  readonly thumbnail: UploadedFile | undefined
}

/** Telegram's answer to a file id of another bot, or of a file it no longer has. */
export const WRONG_FILE = 'Wrong file identifier/HTTP URL specified'

export type ResolveMedia = (request: {
  source: MediaSource
  kind: MediaKind
  details: MediaDetails
  botId: number
}) => StoredFile | Promise<StoredFile>

/**
 * Turns what a bot named into a file Telegram has, within the limits for the way it came.
 * Only an address has to be waited for.
 */
export function createResolveMedia(dependencies: { files: FileStore; web: WebAddresses }): ResolveMedia {
  const { files, web } = dependencies

  function fromUpload(upload: UploadedFile, kind: MediaKind, details: MediaDetails): StoredFile {
    const { bytes } = upload
    if (bytes.length === 0) return refuse('file must be non-empty')
    const fileName = upload.fileName === '' ? 'file' : upload.fileName
    const naming = { kind, bytes, sizeBytes: bytes.length, fileName, mimeType: mimeOf(upload) }
    if (kind !== 'photo') return files.add({ ...naming, ...withThumbnail(details) })
    if (bytes.length > MAX_PHOTO_BYTES) {
      const limit = `the maximum size is ${MAX_PHOTO_BYTES} bytes`
      return refuse(`file of size ${bytes.length} bytes is too big for a photo; ${limit}`)
    }
    return files.add({ ...naming, ...checkPhotoSize(imageSizeOf(bytes)) })
  }

  function fromFileId(reference: string, kind: MediaKind, botId: number): StoredFile {
    const id = parseFileId(reference)
    if (id.status === 'refused') return refuse(id.message)
    if ((id.kind === 'photo') !== (kind === 'photo')) {
      return refuse(`can't use file of type ${capitalise(id.kind)} as ${capitalise(kind)}`)
    }
    const file = id.botId === botId ? files.find(id.serial) : undefined
    return file ?? refuse(WRONG_FILE)
  }

  async function fromAddress(reference: string, kind: MediaKind, details: MediaDetails): Promise<StoredFile> {
    const url = parseAddress(reference)
    const content = await web.read(url, maxBytesByUrl(kind))
    if (content === undefined) return refuse('WEBPAGE_CURL_FAILED')
    const fileName = decodeUrl(url.pathname.split('/').at(-1) ?? '', false) || 'file'
    const mimeType = content.contentType ?? assumedType(kind, fileName)
    if (!TYPES_BY_URL[kind].test(mimeType)) return refuse('WEBPAGE_MEDIA_EMPTY')

    const { bytes, sizeBytes } = content
    const naming = { kind, bytes, sizeBytes, fileName, mimeType }
    if (kind !== 'photo') return files.add({ ...naming, ...withThumbnail(details) })
    return files.add({ ...naming, ...checkPhotoSize(bytes === undefined ? content : imageSizeOf(bytes)) })
  }

  function withThumbnail(details: MediaDetails): Partial<NewFile> {
    const { thumbnail, ...rest } = details
    const size = thumbnail && imageSizeOf(thumbnail.bytes)
    if (thumbnail === undefined || size === undefined) return rest
    const { bytes, fileName } = thumbnail
    const picture = files.add({
      kind: 'photo',
      bytes,
      sizeBytes: bytes.length,
      fileName,
      mimeType: 'image/jpeg',
      ...size,
    })
    return { ...rest, thumbnail: picture }
  }

  return ({ source, kind, details, botId }) => {
    if (source.from === 'upload') return fromUpload(source.upload, kind, details)
    if (source.reference.includes('.')) return fromAddress(source.reference, kind, details)
    return fromFileId(source.reference, kind, botId)
  }
}

function mimeOf(upload: UploadedFile): string {
  const byName = mimeTypeOf(upload.fileName)
  const isNamed = upload.contentType !== '' && upload.contentType !== 'text/plain'
  return byName === 'application/octet-stream' && isNamed ? upload.contentType : byName
}

function checkPhotoSize(size: ImageSize | undefined): ImageSize {
  if (size === undefined || size.width < 1 || size.height < 1) return refuse('IMAGE_PROCESS_FAILED')
  const { width, height } = size
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > MAX_PHOTO_EDGES_SUM || ratio > MAX_PHOTO_RATIO)
    return refuse('PHOTO_INVALID_DIMENSIONS')
  return { width, height }
}

/** Telegram takes an address without a scheme for one of http. */
function parseAddress(reference: string): URL {
  const text = reference.includes('://') ? reference : `http://${reference}`
  if (!URL.canParse(text))
    return refuse('Invalid file HTTP URL specified: Wrong port number specified in the URL')
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb ? url : refuse('Invalid file HTTP URL specified: Unsupported URL protocol')
}

const ASSUMED_TYPES: Record<MediaKind, string> = {
  photo: 'image/jpeg',
  document: 'application/octet-stream',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  animation: 'image/gif',
}

/** What an address is taken to hold that was not really fetched. */
function assumedType(kind: MediaKind, fileName: string): string {
  const byName = mimeTypeOf(fileName)
  return byName === 'application/octet-stream' ? ASSUMED_TYPES[kind] : byName
}

function capitalise(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
