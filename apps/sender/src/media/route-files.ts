import type { FileKnowledge } from '@postino/database'
import type { MediaFile, MessageContent } from '@postino/domain'
import { chooseWay, UPLOAD_MAX_BYTES } from './choose-way.ts'
import { fileKeyOf } from './file-key.ts'
import type { PlannedFile } from './planned-file.ts'
import { needsBytes, type RoutedFile } from './ready-message.ts'
import type { RecentLessons } from './recent-lessons.ts'
import type { Shelf } from './shelf.ts'
import type { TextOnlyChats } from './text-only-chats.ts'
import type { UnreachableHosts } from './unreachable-hosts.ts'

export interface MessageWithFiles {
  shopId: string
  botId: string
  chatId: string
  content: MessageContent
  files?: PlannedFile[]
}

export interface RouteFilesDependencies {
  shelf: Pick<Shelf, 'sizeOf'>
  recent: Pick<RecentLessons, 'since'>
  hosts: Pick<UnreachableHosts, 'has'>
  textOnly: Pick<TextOnlyChats, 'has'>
}

/** Which way each file of a message takes, by all that is known at this moment: of the file, of its host, of the chat. */
export function createRouteFiles({ shelf, recent, hosts, textOnly }: RouteFilesDependencies) {
  return function routeFiles(message: MessageWithFiles): RoutedFile[] {
    const planned = message.files ?? unknownFiles(message)
    if (planned.length > 0 && textOnly.has(message)) return planned.map((file) => ({ ...file, way: 'link' }))
    const isAlbum = planned.length > 1
    const routed = planned.map((file) => {
      const known = recent.since(file.key, file.knownAtMs) ?? file.known
      return { ...file, known, way: chooseWay(file.file, asHostAllows(file.file, known), { isAlbum }) }
    })
    return asOneRequest(routed)
  }

  /** For a file of which nothing is known, what is known of its host. */
  function asHostAllows(file: MediaFile, known: FileKnowledge): FileKnowledge {
    if (known.way !== undefined || known.fileId !== undefined || !('url' in file)) return known
    return hosts.has(file.url) ? { way: 'upload' } : known
  }

  /** What is too much beside the uploads before it is not even fetched, or kept in the place of those. */
  function asOneRequest(files: RoutedFile[]): RoutedFile[] {
    let bytes = 0
    return files.map((routed) => {
      if (!needsBytes(routed)) return routed
      const { file, key } = routed
      const told = 'url' in file ? file.sizeBytes : undefined
      const sizeBytes = shelf.sizeOf(key.addressHash) ?? told ?? 0
      if (bytes + sizeBytes > UPLOAD_MAX_BYTES) return { ...routed, way: 'link' }
      bytes += sizeBytes
      return routed
    })
  }
}

function unknownFiles({ shopId, botId, content }: MessageWithFiles): PlannedFile[] {
  const files = content.media ?? []
  return files.map((file) => ({ file, key: fileKeyOf({ shopId, botId }, file), known: {}, knownAtMs: 0 }))
}
