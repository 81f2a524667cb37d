/** Whom a 429 was meant for. */
export type RefusalScope = 'chat' | 'bot'

// Telegram refuses what is under way together; two chats refused within this time share one cause.
const SAME_EVENT_MS = 2_000

/**
 * Telegram never says whether a 429 means the chat or the whole bot. It is taken for the bot's when the chat cannot have
 * earned it, and when a second chat is refused on the heels of the first.
 */
export function createRefusalScope(isSuspect: (chat: string, nowMs: number) => boolean) {
  let last = { chat: '', atMs: -Infinity }
  return (chat: string, nowMs: number): RefusalScope => {
    const isSecondChat = last.chat !== chat && nowMs - last.atMs <= SAME_EVENT_MS
    last = { chat, atMs: nowMs }
    return isSecondChat || !isSuspect(chat, nowMs) ? 'bot' : 'chat'
  }
}
