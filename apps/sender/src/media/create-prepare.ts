import type { FileKnowledge, TelegramFile } from '@postino/database'
import type { MediaFile, MessageContent } from '@postino/domain'
import { chooseWay, UPLOAD_MAX_BYTES } from './choose-way.ts'
import { fileKeyOf, textOfKey } from './file-key.ts'
import type { PlannedFile } from './planned-file.ts'
import { readyMessage, type ReadyMessage, type RoutedFile } from './ready-message.ts'
import type { RecentLessons } from './recent-lessons.ts'
import type { Shelf } from './shelf.ts'
import type { TextOnlyChats } from './text-only-chats.ts'
import type { UnreachableHosts } from './unreachable-hosts.ts'
import { createWaitingRoom } from './waiting-room.ts'

export interface MessageWithFiles {
  shopId: string
  botId: string
  chatId: string
  content: MessageContent
  files?: PlannedFile[]
}

export type Prepared =
  /** Call now. `release` ends the use of its files, after what the answer taught is kept: whether Telegram has them now. */
  | ({ status: 'ready'; release: (wasSent: boolean) => void } & ReadyMessage)
  /** Nothing to send yet. Then the message goes back, and is due after so many milliseconds. */
  | { status: 'waiting'; dueInMs: Promise<number> }

export interface PrepareDependencies {
  shelf: Shelf
  recent: RecentLessons
  hosts: Pick<UnreachableHosts, 'has'>
  textOnly: Pick<TextOnlyChats, 'has'>
  /** Keeps what was learned. */
  remember: (files: TelegramFile[]) => Promise<void>
}

/**
 * Makes a claimed message ready for its one call, without any wait: the flood window gave it its place just now. A message
 * whose file has to be fetched first goes back into the queue, so that the right to send it is checked when it can leave.
 * Of one bot's messages with a file that Telegram does not know yet, one goes ahead; the others wait for the id it brings.
 */
export function createPrepare({ shelf, recent, hosts, textOnly, remember }: PrepareDependencies) {
  const underWay = new Map<string, Promise<void>>()
  const room = createWaitingRoom()

  return function prepare(message: MessageWithFiles, perSecond: number): Prepared {
    const { content, botId } = message
    const planned = message.files ?? unknownFiles(message)
    if (planned.length === 0)
      return { status: 'ready', content: { ...content, media: [] }, parts: [], release: nothing }
    if (textOnly.has(message)) {
      const links = planned.map((file) => ({ ...file, way: 'link' as const }))
      return { status: 'ready', ...readyMessage(content, links), release: nothing }
    }
    const isAlbum = planned.length > 1
    const files = asOneRequest(
      planned.map((file) => {
        const known = recent.since(file.key, file.knownAtMs) ?? file.known
        return { ...file, known, way: chooseWay(file.file, asHostAllows(file.file, known), { isAlbum }) }
      }),
    )
    const ahead = files.flatMap(({ key, way }) => (isKnown(way) ? [] : (underWay.get(textOfKey(key)) ?? [])))
    if (ahead.length > 0) return waiting({ botId, perSecond }, () => Promise.all(ahead))

    const missing = files.filter((file) => needsBytes(file) && shelf.find(file.key.addressHash) === undefined)
    if (missing.length > 0) return waiting({ botId, perSecond }, () => Promise.all(missing.map(fetch)))

    const withBytes = files.map((file) =>
      needsBytes(file) ? { ...file, kept: shelf.find(file.key.addressHash) } : file,
    )
    const ready = readyMessage(content, withBytes)
    return { status: 'ready', ...ready, release: occupy(ready.parts) }
  }

  function waiting(bot: { botId: string; perSecond: number }, start: () => Promise<unknown>): Prepared {
    return { status: 'waiting', dueInMs: room.waitFor(bot, start) }
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

  /** Until they are released, these files are this message's: their bytes stay, and no other message sends them. */
  function occupy(parts: RoutedFile[]): (wasSent: boolean) => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = parts.filter(({ way }) => !isKnown(way))
    const releases = first.map(({ key }) => {
      underWay.set(textOfKey(key), promise)
      return shelf.use(key.addressHash)
    })
    return (wasSent) => {
      for (const { key } of first) underWay.delete(textOfKey(key))
      for (const end of releases) end(wasSent)
      resolve()
    }
  }

  async function fetch({ file, key }: RoutedFile): Promise<void> {
    if (!('url' in file)) return
    const startedAtMs = Date.now()
    const failure = await shelf.fetch(key.addressHash, { url: file.url, owner: key.botId })
    // Of all who waited for it, one is enough to keep what was learned.
    if (failure === undefined || recent.since(key, startedAtMs)?.way === 'link') return
    await remember([{ ...key, way: 'link' }])
  }
}

const nothing = () => undefined

function unknownFiles({ shopId, botId, content }: MessageWithFiles): PlannedFile[] {
  const files = content.media ?? []
  return files.map((file) => ({ file, key: fileKeyOf({ shopId, botId }, file), known: {}, knownAtMs: 0 }))
}

function isKnown(way: RoutedFile['way']): boolean {
  return way === 'id' || way === 'link'
}

function needsBytes({ way }: RoutedFile): boolean {
  return way === 'upload' || way === 'document'
}
