/** Something to be written into a chat, or changed in it. */
export interface Saying {
  chatId: number
  /** One of the same name that still waits in this chat is not said any more. */
  name: string
  call: () => Promise<unknown>
}

export interface Waiting extends Saying {
  askedAtMs: number
}

/** One chat's sayings by their names, in the order in which they will be said. */
interface Line {
  waiting: Map<string, Waiting>
  isTalking: boolean
}

/** What waits to be said, chat by chat. */
export interface Lines {
  /** False when so many chats have something waiting that no more are taken. */
  add(saying: Saying, nowMs: number): boolean
  /** The chats that wait, in turn; not those in which something is being said. */
  chats(): Iterable<number>
  /** The next of a chat; until `ended` nothing else is said in it. */
  begin(chatId: number): Waiting | undefined
  /** `again`: it was not said, and comes first unless a younger one of its name waits. */
  ended(saying: Waiting, end: { again: boolean }): void
  isEmpty(): boolean
}

export function createLines(maxChats: number): Lines {
  const lines = new Map<number, Line>()
  return {
    add(saying, nowMs) {
      const line = lines.get(saying.chatId) ?? { waiting: new Map(), isTalking: false }
      if (!lines.has(saying.chatId) && lines.size >= maxChats) return false
      lines.set(saying.chatId, line)
      line.waiting.delete(saying.name)
      line.waiting.set(saying.name, { ...saying, askedAtMs: nowMs })
      return true
    },
    *chats() {
      for (const [chatId, { isTalking }] of lines) if (!isTalking) yield chatId
    },
    begin(chatId) {
      const line = lines.get(chatId)
      const [saying] = line?.waiting.values() ?? []
      if (line === undefined || saying === undefined) return undefined
      line.waiting.delete(saying.name)
      line.isTalking = true
      return saying
    },
    ended(saying, { again }) {
      const line = lines.get(saying.chatId)
      if (line === undefined) return
      line.isTalking = false
      if (again && !line.waiting.has(saying.name)) {
        line.waiting = new Map([[saying.name, saying], ...line.waiting])
      }
      // To the end of the chats, so that one with much to say does not hold up the others.
      lines.delete(saying.chatId)
      if (line.waiting.size > 0) lines.set(saying.chatId, line)
    },
    isEmpty: () => lines.size === 0,
  }
}
