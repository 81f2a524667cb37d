import type { Api } from './api.ts'
import type { Model, Thread } from './model.ts'

const PAGE_SIZE = 60

export type ThreadLoader = {
  /** The last messages of the open chat. */
  loadThread: () => Promise<void>
  /** The messages before those. */
  loadOlder: () => Promise<void>
}

export function createThreadLoader(dependencies: {
  api: Api
  model: Model
  markRead: () => void
}): ThreadLoader {
  const { api, model, markRead } = dependencies

  async function fill(thread: Thread, chat: string): Promise<void> {
    // A bot that the person never met has no messages to ask for.
    if (![...model.chats.values()].some((chats) => chats.has(chat))) return
    const page = await api.messages(chat, { limit: PAGE_SIZE })
    const last = page.messages.at(-1)?.key ?? 0
    // What the live stream brought meanwhile stays.
    thread.messages = [...page.messages, ...thread.messages.filter(({ key }) => key > last)]
    thread.hasMore = page.more
  }

  return {
    async loadThread() {
      const { chat } = model
      if (chat === undefined || model.threads.has(chat)) return
      const thread: Thread = { messages: [], hasMore: false }
      model.threads.set(chat, thread)
      try {
        await fill(thread, chat)
        markRead()
      } catch (error) {
        model.threads.delete(chat)
        throw error
      }
    },
    async loadOlder() {
      const { chat } = model
      const thread = chat === undefined ? undefined : model.threads.get(chat)
      const before = thread?.messages[0]?.key
      if (chat === undefined || thread?.hasMore !== true || before === undefined) return
      // Not asked for twice while the answer is on its way.
      thread.hasMore = false
      const page = await api.messages(chat, { before, limit: PAGE_SIZE })
      thread.messages = [...page.messages, ...thread.messages]
      thread.hasMore = page.more
    },
  }
}
