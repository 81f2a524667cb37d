import type { TelegramFile } from '@postino/database'
import type { MessageContent } from '@postino/domain'
import { chooseWay } from './choose-way.ts'
import { fileKeyOf, textOfKey } from './file-key.ts'
import type { PlannedFile } from './planned-file.ts'
import { readyMessage, type ReadyMessage, type RoutedFile } from './ready-message.ts'
import type { RecentLessons } from './recent-lessons.ts'
import type { Shelf } from './shelf.ts'

export interface MessageWithFiles {
  shopId: string
  botId: string
  content: MessageContent
  files?: PlannedFile[]
}

export type Prepared =
  /** Call now. `release` ends the use of its files, after what the answer taught is kept. */
  | ({ status: 'ready'; release: () => void } & ReadyMessage)
  /** Nothing to send yet. Then the message goes back, and is due after so many milliseconds. */
  | { status: 'waiting'; dueInMs: Promise<number> }

export interface PrepareDependencies {
  shelf: Shelf
  recent: RecentLessons
  /** Keeps what was learned. */
  remember: (files: TelegramFile[]) => Promise<void>
}

// So that a chat is not held for ever, and the turn can end.
const MOST_WAIT_MS = 20_000
// When a file takes longer, or too many wait already, the message is asked for again after this time.
const AGAIN_MS = 1_000
// Each has a message claimed, and holds the place of a call.
const MAX_WAITING_PER_BOT = 10
const MAX_WAITING = 60

/**
 * Makes a claimed message ready for its one call, without any wait: the flood window gave it its place just now. A message
 * whose file has to be fetched first goes back into the queue, so that the right to send it is checked when it can leave.
 * Of one bot's messages with a file that Telegram does not know yet, one goes ahead; the others wait for the id it brings.
 */
export function createPrepare({ shelf, recent, remember }: PrepareDependencies) {
  const underWay = new Map<string, Promise<void>>()
  const waiting = new Map<string, number>()
  let waitingInAll = 0

  return function prepare(message: MessageWithFiles): Prepared {
    const { content, botId } = message
    const planned = message.files ?? unknownFiles(message)
    if (planned.length === 0)
      return { status: 'ready', content: { ...content, media: [] }, parts: [], release: nothing }
    const isAlbum = planned.length > 1
    const files = planned.map((file) => {
      const known = recent.since(file.key, file.knownAtMs) ?? file.known
      return { ...file, known, way: chooseWay(file.file, known, { isAlbum }) }
    })
    const ahead = files.flatMap(({ key, way }) => (isKnown(way) ? [] : (underWay.get(textOfKey(key)) ?? [])))
    if (ahead.length > 0) return waitFor(botId, () => Promise.all(ahead))

    const missing = files.filter((file) => needsBytes(file) && shelf.find(file.key.addressHash) === undefined)
    if (missing.length > 0) return waitFor(botId, () => Promise.all(missing.map(fetch)))

    const withBytes = files.map((file) =>
      needsBytes(file) ? { ...file, kept: shelf.find(file.key.addressHash) } : file,
    )
    const ready = readyMessage(content, withBytes)
    return { status: 'ready', ...ready, release: occupy(ready.parts) }
  }

  /** Until they are released, these files are this message's: their bytes stay, and no other message sends them. */
  function occupy(parts: RoutedFile[]): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = parts.filter(({ way }) => !isKnown(way))
    const releases = first.map(({ key }) => {
      underWay.set(textOfKey(key), promise)
      return shelf.use(key.addressHash)
    })
    return () => {
      for (const { key } of first) underWay.delete(textOfKey(key))
      for (const end of releases) end()
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

  function waitFor(botId: string, start: () => Promise<unknown>): Prepared {
    const ofBot = waiting.get(botId) ?? 0
    if (ofBot >= MAX_WAITING_PER_BOT || waitingInAll >= MAX_WAITING) {
      return { status: 'waiting', dueInMs: Promise.resolve(AGAIN_MS) }
    }
    waiting.set(botId, ofBot + 1)
    waitingInAll += 1
    return { status: 'waiting', dueInMs: dueAfter(botId, start()) }
  }

  async function dueAfter(botId: string, work: Promise<unknown>): Promise<number> {
    const { promise: expired, resolve } = Promise.withResolvers<number>()
    const timer = setTimeout(resolve, MOST_WAIT_MS, AGAIN_MS)
    try {
      return await Promise.race([work.then(() => 0), expired])
    } finally {
      clearTimeout(timer)
      waitingInAll -= 1
      const left = (waiting.get(botId) ?? 1) - 1
      if (left === 0) waiting.delete(botId)
      else waiting.set(botId, left)
    }
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
