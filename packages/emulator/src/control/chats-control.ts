import type { FileStore } from '../files/file-store.ts'
import { ActError } from '../world/act-error.ts'
import { allChats } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { getChat } from './find.ts'
import { standIn, type FileContent } from './stand-in.ts'
import { viewChat } from './view-chat.ts'
import { viewMessage } from './view-message.ts'
import type { ChatView, MessageView } from './views.ts'

export interface Transcript {
  readonly messages: readonly MessageView[]
  /** There are older ones. */
  readonly more: boolean
}

/** Chats as a phone reads them. */
export interface ChatsControl {
  list(): ChatView[]
  get(chat: string): ChatView
  /** The last `limit` messages before the key `before`, oldest first. */
  messages(chat: string, range?: { before?: number; limit?: number }): Transcript
  file(fileUniqueId: string): FileContent
}

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

export function createChatsControl(dependencies: { world: World; files: FileStore }): ChatsControl {
  const { world, files } = dependencies
  return {
    list: () => allChats(world).map(viewChat),
    get: (chat) => viewChat(getChat(world, chat)),
    messages(reference, { before = Infinity, limit = DEFAULT_LIMIT } = {}) {
      const earlier = getChat(world, reference).messages.filter((message) => message.key < before)
      const count = Math.min(Math.max(1, limit), MAX_LIMIT)
      return { messages: earlier.slice(-count).map(viewMessage), more: earlier.length > count }
    },
    file(uniqueId) {
      const file = files.findByUniqueId(uniqueId)
      if (file === undefined) throw new ActError(404, `there is no file ${uniqueId}`)
      const bytes = files.bytesOf(file)
      return bytes === undefined ? standIn(file) : { contentType: file.mimeType, bytes }
    },
  }
}
