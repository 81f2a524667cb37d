import type { FileKnowledge, TelegramFileKey } from '@postino/database'
import type { MediaFile } from '@postino/domain'

/** A file of a claimed message, with what its bot knew about it when the message was claimed. */
export interface PlannedFile {
  file: MediaFile
  key: TelegramFileKey
  known: FileKnowledge
  /** Epoch milliseconds, when that was asked for. */
  knownAtMs: number
}
