import { chatIdOf } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'
import type { Changes } from '../world/changes.ts'
import type { Message } from '../world/message.ts'

/** What the numbers in the texts of bots came to, each chat for itself. */
export interface OrderReport {
  /** Of bots, with a text. */
  readonly messages: number
  /** Chats with at least one number. */
  readonly chats: number
  /** Texts in which there is none. */
  readonly unnumbered: number
  /** Numbers that were passed over, in all chats together. */
  readonly missing: number
  /** Messages whose number is not above the one before: overtaken, or sent twice. */
  readonly late: number
  /** The first of what is not as it should be. */
  readonly examples: readonly OrderExample[]
}

interface OrderExample {
  readonly chat_id: number
  readonly bot_id: number | undefined
  readonly before: number
  readonly number: number
}

/** Follows messages as they come, so that nothing has to be kept to know that all came, once and in order. */
export interface OrderCheck {
  read(): OrderReport
  end(): void
}

export interface OrderRule {
  /** Its first group is the number. */
  readonly number: RegExp
  /** The number before the first of each chat. Default 0: chats begin with 1. */
  readonly before?: number
}

const MAX_EXAMPLES = 20

/** One number is remembered of each chat. */
export function createOrderCheck(changes: Changes, { number: pattern, before = 0 }: OrderRule): OrderCheck {
  const lastNumbers = new Map<Chat, number>()
  const counts = { messages: 0, unnumbered: 0, missing: 0, late: 0 }
  let examples: OrderExample[] = []

  function take({ chat, from, content }: Message): void {
    if (from?.kind === 'person' || content.kind !== 'text') return
    counts.messages += 1
    const digits = pattern.exec(content.formatted.text)?.[1]
    if (digits === undefined) {
      counts.unnumbered += 1
      return
    }
    const number = Number(digits)
    const last = lastNumbers.get(chat) ?? before
    lastNumbers.set(chat, Math.max(last, number))
    if (number === last + 1) return
    if (number <= last) counts.late += 1
    else counts.missing += number - last - 1
    if (examples.length >= MAX_EXAMPLES) return
    examples.push({ chat_id: chatIdOf(chat), bot_id: from?.id, before: last, number })
  }

  function clear(): void {
    lastNumbers.clear()
    Object.assign(counts, { messages: 0, unnumbered: 0, missing: 0, late: 0 })
    examples = []
  }

  const end = changes.subscribe((change) => {
    if (change.kind === 'message') take(change.message)
    else if (change.kind === 'reset') clear()
  })
  return { read: () => ({ ...counts, chats: lastNumbers.size, examples: [...examples] }), end }
}
