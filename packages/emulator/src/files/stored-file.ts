export type MediaKind = 'photo' | 'document' | 'video' | 'audio' | 'animation'

/** A file Telegram has: uploaded, or fetched from an address. The same for every bot; file ids are not. */
export interface StoredFile {
  readonly kind: MediaKind
  /** Counts the files of the emulator; part of every id. */
  readonly serial: number
  readonly sizeBytes: number
  readonly fileName: string
  readonly mimeType: string
  readonly width: number
  readonly height: number
  readonly durationSeconds: number
  readonly title: string
  readonly performer: string
  /** Photos only, ascending; the last one is the picture itself. */
  readonly sizes: readonly PhotoSize[]
  readonly thumbnail: StoredFile | undefined
}

export interface PhotoSize {
  /** Telegram's letter: s, m, x, y, w. */
  readonly letter: string
  readonly width: number
  readonly height: number
  readonly sizeBytes: number
}
