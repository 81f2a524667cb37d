import type { Api } from './api.ts'
import type { Model } from './model.ts'
import type { ReadMarks } from './read-marks.ts'
import type { Chat } from './shapes.ts'
import { createThreadLoader, type ThreadLoader } from './thread-loader.ts'
import { putChat } from './updates.ts'
import { isIncoming, setUnread } from './unread.ts'

/** So many messages are looked at to count the unread ones. */
const COUNTED_MESSAGES = 60
/** Of more people than this, unread messages are only counted from now on. */
const MAX_PRELOADED_PEOPLE = 30

export type Loader = ThreadLoader & {
  /** Reads everything anew. */
  reload: () => Promise<void>
  loadChats: (personId: number) => Promise<void>
  /** A message came for a chat that is not known here. */
  loadChat: (chat: string) => Promise<void>
}

/** Brings what the emulator knows into the model. What the live stream brings meanwhile is kept. */
export function createLoader(dependencies: {
  api: Api
  model: Model
  marks: ReadMarks
  /** The open chat counts as read while somebody looks at the page. */
  markRead: () => void
}): Loader {
  const { api, model, marks } = dependencies
  const threads = createThreadLoader(dependencies)

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
    await threads.loadThread()
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
    putChat(model, await api.chat(chat))
  }

  async function countUnread(personId: number, { chat, last_message: last }: Chat): Promise<void> {
    const newest = last?.key ?? 0
    const mark = marks.get(personId, chat)
    // A mark ahead of the newest message is from another run of the emulator.
    const readUpTo = mark > newest ? 0 : mark
    if (newest <= readUpTo) return
    const { messages } = await api.messages(chat, { limit: COUNTED_MESSAGES })
    const unread = messages.filter((message) => message.key > readUpTo && isIncoming(message, personId))
    setUnread(model, { personId, chat }, unread.length)
  }

  return { reload, loadChats, loadChat, ...threads }
}
