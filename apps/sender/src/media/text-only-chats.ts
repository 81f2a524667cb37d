/** Chats in which a bot may write, but show no files. */
export interface TextOnlyChats {
  note: (chat: { botId: string; chatId: string }) => void
  has: (chat: { botId: string; chatId: string }) => boolean
}

// As long as a file that could not be had is a link: whoever runs the group may change his mind.
const BELIEVED_MS = 600_000
const MAX_CHATS = 2_000

/** Of this process alone: another one learns it by a refused call of its own. */
export function createTextOnlyChats(): TextOnlyChats {
  const notedAtMs = new Map<string, number>()
  const textOf = ({ botId, chatId }: { botId: string; chatId: string }) => `${botId} ${chatId}`
  return {
    note(chat) {
      // To the end of the line.
      notedAtMs.delete(textOf(chat))
      notedAtMs.set(textOf(chat), Date.now())
      const [oldest] = notedAtMs.size > MAX_CHATS ? notedAtMs.keys() : []
      if (oldest !== undefined) notedAtMs.delete(oldest)
    },
    has: (chat) => Date.now() - (notedAtMs.get(textOf(chat)) ?? -Infinity) < BELIEVED_MS,
  }
}
