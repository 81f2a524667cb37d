import type { TelegramFile } from '@postino/database'
import { createFilesUnderWay } from './files-under-way.ts'
import { needsBytes, readyMessage, type ReadyMessage, type RoutedFile } from './ready-message.ts'
import type { RecentLessons } from './recent-lessons.ts'
import { createRouteFiles, type MessageWithFiles } from './route-files.ts'
import type { Shelf } from './shelf.ts'
import type { TextOnlyChats } from './text-only-chats.ts'
import type { UnreachableHosts } from './unreachable-hosts.ts'
import { createWaitingRoom } from './waiting-room.ts'

export type Prepared =
  /** Call now. `release` ends the use of its files, after what the answer taught is kept: whether Telegram has them now. */
  | ({ status: 'ready'; release: (wasSent: boolean) => void } & ReadyMessage)
  /** Nothing to send yet. Then the message goes back, and is due after so many milliseconds. */
  | { status: 'waiting'; dueInMs: Promise<number> }

/** @param perSecond so many messages the bot may send in a second */
export type Prepare = (message: MessageWithFiles, perSecond: number) => Prepared

export interface PrepareDependencies {
  shelf: Shelf
  recent: RecentLessons
  hosts: Pick<UnreachableHosts, 'has'>
  textOnly: Pick<TextOnlyChats, 'has'>
  /** Keeps what was learned. */
  remember: (files: TelegramFile[]) => Promise<void>
}

const WITHOUT_FILES = {
  status: 'ready',
  parts: [],
  release: () => undefined,
} as const satisfies Partial<Prepared>

/**
 * Makes a claimed message ready for its one call, without any wait: the flood window gave it its place just now. A message
 * whose file has to be fetched first, or is just being sent by another one, goes back into the queue after that, so that
 * the right to send it is checked when it can leave.
 */
export function createPrepare(dependencies: PrepareDependencies): Prepare {
  const { shelf, recent, remember } = dependencies
  const routeFiles = createRouteFiles(dependencies)
  const underWay = createFilesUnderWay(shelf)
  const room = createWaitingRoom()

  return function prepare(message, perSecond) {
    const { content, shopId } = message
    if (content.media === undefined || content.media.length === 0) return { ...WITHOUT_FILES, content }
    const wait = (start: () => Promise<unknown>): Prepared => ({
      status: 'waiting',
      dueInMs: room.waitFor({ shopId, perSecond }, start),
    })
    const files = routeFiles(message)
    const missing = files.filter((file) => needsBytes(file) && shelf.find(file.key.addressHash) === undefined)
    const turn = underWay.waitFor(files)
    if (turn !== undefined) return wait(() => turn)
    if (missing.length > 0) return wait(() => Promise.all(missing.map(fetch)))
    const ready = readyMessage(content, files.map(withBytes))
    return { status: 'ready', ...ready, release: underWay.start(ready.parts) }
  }

  function withBytes(file: RoutedFile): RoutedFile {
    return needsBytes(file) ? { ...file, kept: shelf.find(file.key.addressHash) } : file
  }

  async function fetch({ file, key }: RoutedFile): Promise<void> {
    if (!('url' in file)) return
    const startedAtMs = Date.now()
    const failure = await shelf.fetch(key.addressHash, { url: file.url, owner: key.shopId })
    // Of all who waited for it, one is enough to keep what was learned.
    if (failure === undefined || recent.since(key, startedAtMs)?.way === 'link') return
    await remember([{ ...key, way: 'link' }])
  }
}
