import type { Downloads } from '../files/downloads.ts'
import { parseFileId } from '../files/file-id.ts'
import type { FileStore } from '../files/file-store.ts'
import { MAX_DOWNLOAD_BYTES } from '../files/media-limits.ts'
import { fileShape } from '../shapes/media-shape.ts'
import { done } from './method.ts'
import type { Methods } from './method.ts'
import { refuse } from './refused-error.ts'

/** https://core.telegram.org/bots/api#getfile */
export function createGetFile(dependencies: { files: FileStore; downloads: Downloads }): Methods {
  const { files, downloads } = dependencies
  return {
    getFile({ bot, parameters }) {
      const reference = parameters.text('file_id')
      if (reference === '') return refuse('file_id not specified')
      const id = parseFileId(reference)
      if (id.status === 'refused') return refuse('invalid file_id')
      const file = id.botId === bot.id ? files.find(id.serial) : undefined
      if (file === undefined) return refuse('wrong file_id or the file is temporarily unavailable')
      if (file.sizeBytes > MAX_DOWNLOAD_BYTES) return refuse('file is too big')
      return done({
        ...fileShape(file, bot.id),
        file_id: reference,
        file_path: downloads.grant(bot.id, file),
      })
    },
  }
}
