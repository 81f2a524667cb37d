import { serialOfUniqueId } from './file-id.ts'
import type { ImageSize } from './image-size.ts'
import type { MediaKind, PhotoSize, StoredFile } from './stored-file.ts'

export interface NewFile {
  readonly kind: MediaKind
  readonly bytes?: Buffer | undefined
  readonly sizeBytes: number
  readonly fileName: string
  readonly mimeType: string
  readonly width?: number
  readonly height?: number
  readonly durationSeconds?: number
  readonly title?: string
  readonly performer?: string
  readonly thumbnail?: StoredFile | undefined
}

export interface FileStore {
  add(file: NewFile): StoredFile
  find(serial: number): StoredFile | undefined
  findByUniqueId(uniqueId: string): StoredFile | undefined
  /** The bytes, unless there never were any or they had to make room for newer ones. */
  bytesOf(file: StoredFile): Buffer | undefined
  /** Every file, without its bytes. */
  list(): { lastSerial: number; files: readonly StoredFile[] }
  /** Takes in the files of another run. */
  restore(list: { lastSerial: number; files: readonly StoredFile[] }): void
  clear(): void
}

/** Keeps every file ever sent, but no more than `maxKeptBytes` of content: the oldest content goes first. */
export function createFileStore(maxKeptBytes: number): FileStore {
  const files = new Map<number, StoredFile>()
  const contents = new Map<number, Buffer>()
  let lastSerial = 0
  let keptBytes = 0

  function keep(serial: number, bytes: Buffer): void {
    contents.set(serial, bytes)
    keptBytes += bytes.length
    for (const [oldest, content] of contents) {
      if (keptBytes <= maxKeptBytes || oldest === serial) return
      contents.delete(oldest)
      keptBytes -= content.length
    }
  }

  return {
    add(file) {
      lastSerial += 1
      const { width = 0, height = 0, durationSeconds = 0, title = '', performer = '' } = file
      const sizes = file.kind === 'photo' ? photoSizes({ width, height }, file.sizeBytes) : []
      const stored: StoredFile = {
        kind: file.kind,
        serial: lastSerial,
        sizeBytes: file.sizeBytes,
        fileName: file.fileName,
        mimeType: file.mimeType,
        width,
        height,
        durationSeconds,
        title,
        performer,
        sizes,
        thumbnail: file.thumbnail,
      }
      files.set(lastSerial, stored)
      if (file.bytes !== undefined) keep(lastSerial, file.bytes)
      return stored
    },
    find: (serial) => files.get(serial),
    findByUniqueId(uniqueId) {
      const serial = serialOfUniqueId(uniqueId)
      return serial === undefined ? undefined : files.get(serial)
    },
    bytesOf: (file) => contents.get(file.serial),
    list: () => ({ lastSerial, files: [...files.values()] }),
    restore(list) {
      lastSerial = list.lastSerial
      for (const file of list.files) files.set(file.serial, file)
    },
    clear() {
      files.clear()
      contents.clear()
      keptBytes = 0
    },
  }
}

/** The longer edge of the sizes Telegram makes of a photo. */
const EDGES: readonly (readonly [letter: string, pixels: number])[] = [
  ['s', 90],
  ['m', 320],
  ['x', 800],
  ['y', 1280],
  ['w', 2560],
]

/** Every standard size smaller than the picture, then the picture itself (at most 2560 pixels). */
function photoSizes(original: ImageSize, sizeBytes: number): PhotoSize[] {
  const longerEdge = Math.max(original.width, original.height, 1)
  const smaller = EDGES.filter(([, edge]) => edge < longerEdge)
  const [lastLetter] = EDGES[Math.min(smaller.length, EDGES.length - 1)] ?? ['w']
  const all = smaller.length === EDGES.length ? smaller : [...smaller, [lastLetter, longerEdge] as const]

  return all.map(([letter, edge]) => {
    const scale = Math.min(1, edge / longerEdge)
    return {
      letter,
      width: Math.max(1, Math.round(original.width * scale)),
      height: Math.max(1, Math.round(original.height * scale)),
      sizeBytes: Math.max(1, Math.round(sizeBytes * scale * scale)),
    }
  })
}
