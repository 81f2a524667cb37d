import type { FileKnowledge } from '@postino/database'
import type { MediaFile, MessageContent } from '@postino/domain'
import { CAPTION_LIMIT, TEXT_LIMIT, withLinks, type ContentToSend, type FileToSend } from '@postino/telegram'
import { UPLOAD_MAX_BYTES, uploadedAs, type Way } from './choose-way.ts'
import type { PlannedFile } from './planned-file.ts'
import type { KeptFile } from './kept-files.ts'

/** A file with the way it takes now; of an upload with its bytes. */
export interface RoutedFile extends PlannedFile {
  way: Way
  kept?: KeptFile
}

/** A message as it leaves, and of each file in it, in the same order, how it goes. */
export interface ReadyMessage {
  content: ContentToSend
  parts: RoutedFile[]
}

/**
 * Puts a message together for one call. What goes as no file is a link below the text; of uploads there are so many as one
 * request may hold.
 */
export function readyMessage(content: MessageContent, files: RoutedFile[]): ReadyMessage {
  const isAlbum = files.length > 1
  const media: FileToSend[] = []
  const parts: RoutedFile[] = []
  const links: { name: string; url: string }[] = []
  let uploadedBytes = 0
  for (const routed of files) {
    const { file, kept } = routed
    const way = finalWay(routed, { isAlbum, uploadedBytes })
    const sendable = toSend({ ...routed, way })
    if (sendable === undefined) {
      // A file that Telegram alone has is nothing to link to.
      if ('url' in file) links.push({ name: file.name, url: file.url })
      continue
    }
    if ('upload' in sendable) uploadedBytes += kept?.sizeBytes ?? 0
    media.push(sendable)
    parts.push({ ...routed, way })
  }
  const limit = media.length === 0 ? TEXT_LIMIT : CAPTION_LIMIT
  const html = links.length === 0 ? content.html : withLinks(content.html, links, limit)
  return { content: { ...content, html, media }, parts }
}

export function needsBytes({ way }: RoutedFile): boolean {
  return way === 'upload' || way === 'document'
}

/** The true size of an upload is known by now. */
function finalWay(
  { file, way, kept }: RoutedFile,
  { isAlbum, uploadedBytes }: { isAlbum: boolean; uploadedBytes: number },
): Way {
  if (way !== 'upload' && way !== 'document') return way
  if (kept === undefined || uploadedBytes + kept.sizeBytes > UPLOAD_MAX_BYTES) return 'link'
  return uploadedAs(file, { sizeBytes: kept.sizeBytes, way, isAlbum })
}

function toSend({ file, way, known, kept }: RoutedFile): FileToSend | undefined {
  switch (way) {
    case 'id': {
      const fileId = 'fileId' in file ? file.fileId : known.fileId
      return fileId === undefined ? undefined : { as: shownAs(file, known), fileId }
    }
    case 'url':
      return 'url' in file ? { as: file.as, url: file.url } : undefined
    case 'upload':
    case 'document': {
      if (!('url' in file) || kept === undefined) return undefined
      const upload = { name: file.name, mime: file.mime ?? kept.contentType, content: kept.read }
      return { as: shownAs(file, { way }), upload }
    }
    case 'link':
      return undefined
  }
}

function shownAs({ as }: MediaFile, { way }: FileKnowledge): MediaFile['as'] {
  return way === 'document' ? 'document' : as
}
