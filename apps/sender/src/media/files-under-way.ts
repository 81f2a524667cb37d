import { textOfKey } from './file-key.ts'
import { needsBytes, type RoutedFile } from './ready-message.ts'
import type { Shelf } from './shelf.ts'

/** The files in calls that are not answered yet, and that Telegram does not have yet. */
export interface FilesUnderWay {
  /** Until these files may leave; undefined when that is now. */
  waitFor: (files: RoutedFile[]) => Promise<unknown> | undefined
  /** From now on they are under way, and their bytes stay on disk. Answers how to end that: whether Telegram has them now. */
  start: (files: RoutedFile[]) => (wasSent: boolean) => void
}

// They share this machine's line, and each has to keep up a rate, see `leastUploadBytesPerSecond`.
const MAX_UPLOADS = 16

/** Of one bot's messages with such a file one goes ahead; the others wait for what it learns. */
export function createFilesUnderWay({ use }: Pick<Shelf, 'use'>): FilesUnderWay {
  const underWay = new Map<string, Promise<void>>()
  const uploads = new Set<Promise<void>>()

  return {
    waitFor(files) {
      const ahead = files.flatMap((file) => (isNew(file) ? (underWay.get(textOfKey(file.key)) ?? []) : []))
      if (ahead.length > 0) return Promise.all(ahead)
      return files.some(needsBytes) && uploads.size >= MAX_UPLOADS ? Promise.race(uploads) : undefined
    },
    start(files) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const started = files.filter(isNew)
      if (started.some(needsBytes)) uploads.add(promise)
      const ends = started.map(({ key }) => {
        underWay.set(textOfKey(key), promise)
        return use(key.addressHash)
      })
      return (wasSent) => {
        uploads.delete(promise)
        for (const { key } of started) underWay.delete(textOfKey(key))
        for (const end of ends) end(wasSent)
        resolve()
      }
    },
  }
}

function isNew({ way }: RoutedFile): boolean {
  return way !== 'id' && way !== 'link'
}
