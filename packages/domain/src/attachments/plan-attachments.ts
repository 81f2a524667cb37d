import type { MediaFile, MediaType } from '../content.ts'
import type { AttachmentPolicy } from './attachment-policy.ts'
import { decideAttachment, type FileLink, type LinkReason, type OfferedFile } from './decide-attachment.ts'

/** A file Telegram keeps for the bot. It has no address, so it cannot be a link. */
export interface KeptFile {
  type: MediaType
  fileId: string
}

export type FileToPlace = OfferedFile | KeptFile

export interface PlacedLink extends FileLink {
  /** album: it cannot stand beside the first file. */
  reason: LinkReason | 'album'
}

export type AttachmentPlan =
  | { status: 'planned'; media: MediaFile[]; links: PlacedLink[] }
  | { status: 'impossible'; detail: string }

/**
 * Divides the files of a message into those that go with it and those that go as links. The first file that goes with it
 * decides what may stand beside it: photos and videos mix, documents and audio keep to their own
 * (core.telegram.org/bots/api#sendmediagroup).
 */
export function planAttachments(files: FileToPlace[], policy: AttachmentPolicy): AttachmentPlan {
  const media: MediaFile[] = []
  const links: PlacedLink[] = []
  for (const [index, file] of files.entries()) {
    const placed = 'fileId' in file ? kept(file) : decideAttachment(file, policy)
    if (placed.status === 'link') {
      links.push({ ...placed.link, reason: placed.reason })
      continue
    }
    const first = media[0] ?? placed.file
    if (familyOf(first.as) === familyOf(placed.file.as)) media.push(placed.file)
    else if ('url' in placed.file)
      links.push({ url: placed.file.url, name: placed.file.name, reason: 'album' })
    else return { status: 'impossible', detail: misfit(index + 1, placed.file.as, first.as) }
  }
  return { status: 'planned', media, links }
}

function kept({ type, fileId }: KeptFile): { status: 'attached'; file: MediaFile } {
  return { status: 'attached', file: { as: type, fileId } }
}

function familyOf(as: MediaType): 'visual' | 'audio' | 'document' {
  switch (as) {
    case 'photo':
    case 'video':
      return 'visual'
    case 'audio':
    case 'document':
      return as
  }
}

function misfit(number: number, as: MediaType, first: MediaType): string {
  return `File ${number}: Telegram shows no ${as} beside a ${first}, and a file without an address cannot go as a link`
}
