import type { Transformer } from 'grammy'
import type { Clock } from './clock.ts'

// Telegram refuses what is under way together; two chats refused within this time share one cause.
const SAME_EVENT_MS = 2_000

/**
 * Sees every 429 of one bot, those that auto-retry waits out too. Telegram does not say whom it means: the chat, unless a
 * second chat is refused on the heels of the first; then it is the bot as a whole.
 */
export function createFloodWatch(dependencies: {
  clock: Clock
  onBotFlooded: (retryAfterSeconds: number) => Promise<void>
}): Transformer {
  const { clock, onBotFlooded } = dependencies
  let last = { chat: '', atMs: -Infinity }
  return async (prev, method, payload, signal) => {
    const answer = await prev(method, payload, signal)
    if (answer.ok || answer.error_code !== 429) return answer
    const chat = 'chat_id' in payload ? String(payload.chat_id) : ''
    const nowMs = clock.nowMs()
    const isSecondChat = chat !== '' && last.chat !== '' && last.chat !== chat
    const isBots = isSecondChat && nowMs - last.atMs <= SAME_EVENT_MS
    if (chat !== '') last = { chat, atMs: nowMs }
    if (isBots) await onBotFlooded(answer.parameters?.retry_after ?? 1)
    return answer
  }
}
