import { extensionOf } from './mime-type.ts'
import type { MediaKind, StoredFile } from './stored-file.ts'

/** Paths for `GET /file/bot<token>/<path>`. Only a file that the bot asked for with getFile has one. */
export interface Downloads {
  grant(botId: number, file: StoredFile): string
  find(botId: number, path: string): StoredFile | undefined
  clear(): void
}

const FOLDERS: Readonly<Record<MediaKind, string>> = {
  photo: 'photos',
  document: 'documents',
  video: 'videos',
  audio: 'music',
  animation: 'animations',
}

export function createDownloads(): Downloads {
  const granted = new Map<string, StoredFile>()
  return {
    grant(botId, file) {
      const extension = file.kind === 'photo' ? 'jpg' : extensionOf(file.fileName)
      const path = `${FOLDERS[file.kind]}/file_${file.serial}${extension === '' ? '' : `.${extension}`}`
      granted.set(`${botId}/${path}`, file)
      return path
    },
    find: (botId, path) => granted.get(`${botId}/${path}`),
    clear: () => granted.clear(),
  }
}
