import type { Api } from './api.ts'
import type { Model, Thread } from './model.ts'
import type { ReadMarks } from './read-marks.ts'
import type { Chat } from './shapes.ts'
import { putChat } from './updates.ts'
import { isIncoming, setUnread } from './unread.ts'

const PAGE_SIZE = 60
/** Of more people than this, unread messages are only counted from now on. */
const MAX_PRELOADED_PEOPLE = 30

export type Loader = {
  /** Reads everything anew. */
  reload: () => Promise<void>
  loadChats: (personId: number) => Promise<void>
  /** A message came for a chat that is not known here. */
  loadChat: (chat: string) => Promise<void>
  loadThread: () => Promise<void>
  loadOlder: () => Promise<void>
}

/** Brings what the emulator knows into the model. What the live stream brings meanwhile is kept. */
export function createLoader(dependencies: {
  api: Api
  model: Model
  marks: ReadMarks
  /** The open chat counts as read while somebody looks at the page. */
  markRead: () => void
}): Loader {
  const { api, model, marks, markRead } = dependencies

  async function reload(): Promise<void> {
    const [people, bots] = await Promise.all([api.people(), api.bots()])
    model.people = new Map(people.map((person) => [person.id, person]))
    model.bots = new Map(bots.map((bot) => [bot.id, bot]))
    model.connection = 'live'
    model.threads.clear()
    model.unread.clear()
    if (model.personId === undefined || !model.people.has(model.personId)) model.personId = people[0]?.id
    const preloaded = people.slice(0, MAX_PRELOADED_PEOPLE).map(({ id }) => id)
    const wanted = new Set([model.personId, ...preloaded].filter((id) => id !== undefined))
    for (const personId of model.chats.keys()) if (!wanted.has(personId)) model.chats.delete(personId)
    await Promise.all([...wanted].map(loadChats))
    await loadThread()
  }

  async function loadChats(personId: number): Promise<void> {
    if (!model.chats.has(personId)) model.chats.set(personId, new Map())
    const loaded = await api.chats(personId)
    const live = model.chats.get(personId)
    const newer = (chat: Chat): Chat => {
      const known = live?.get(chat.chat)
      return (known?.last_message?.key ?? 0) > (chat.last_message?.key ?? 0) && known !== undefined
        ? known
        : chat
    }
    model.chats.set(personId, new Map(loaded.map((chat) => [chat.chat, newer(chat)])))
    await Promise.all(loaded.map((chat) => countUnread(personId, chat)))
  }

  async function loadChat(chat: string): Promise<void> {
    const loaded = await api.chat(chat)
    if (loaded !== undefined) putChat(model, loaded)
  }

  async function countUnread(personId: number, { chat, last_message: last }: Chat): Promise<void> {
    const newest = last?.key ?? 0
    const mark = marks.get(personId, chat)
    // A mark ahead of the newest message is from another run of the emulator.
    const readUpTo = mark > newest ? 0 : mark
    if (newest <= readUpTo) return
    const { messages } = await api.messages(chat, { limit: PAGE_SIZE })
    const unread = messages.filter((message) => message.key > readUpTo && isIncoming(message, personId))
    setUnread(model, { personId, chat }, unread.length)
  }

  async function loadThread(): Promise<void> {
    const { chat } = model
    if (chat === undefined || model.threads.has(chat)) return
    const thread: Thread = { messages: [], hasMore: false }
    model.threads.set(chat, thread)
    if ((await api.chat(chat)) === undefined) return
    const page = await api.messages(chat, { limit: PAGE_SIZE })
    const last = page.messages.at(-1)?.key ?? 0
    thread.messages = [...page.messages, ...thread.messages.filter(({ key }) => key > last)]
    thread.hasMore = page.more
    markRead()
  }

  async function loadOlder(): Promise<void> {
    const { chat } = model
    const thread = chat === undefined ? undefined : model.threads.get(chat)
    const before = thread?.messages[0]?.key
    if (chat === undefined || thread?.hasMore !== true || before === undefined) return
    // Not asked for twice while the answer is on its way.
    thread.hasMore = false
    const page = await api.messages(chat, { before, limit: PAGE_SIZE })
    thread.messages = [...page.messages, ...thread.messages]
    thread.hasMore = page.more
  }

  return { reload, loadChats, loadChat, loadThread, loadOlder }
}
