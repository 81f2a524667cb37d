import { chatReference } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'

/** A text that came more than once to one chat. */
export interface Duplicate {
  readonly chat: string
  readonly text: string
  readonly count: number
}

export interface SentTwice {
  add(chat: Chat, text: string): void
  /** Messages beyond the first with the same text in the same chat. */
  count(): number
  /** The first of them that were found, up to a thousand. */
  list(): Duplicate[]
  clear(): void
}

const MAX_LISTED = 1000

/**
 * Finds messages that were sent twice. Texts are kept in two halves: when the younger is full the older goes, which
 * costs nothing per message, while taking the oldest out of a map one by one costs the more the more went before.
 */
export function createSentTwice(keptTexts: () => number): SentTwice {
  let young = new Map<Chat, Set<string>>()
  let old = new Map<Chat, Set<string>>()
  let youngCount = 0
  let count = 0
  const duplicates = new Map<Chat, Map<string, number>>()
  let listed = 0

  function remember(chat: Chat, text: string): void {
    if (youngCount * 2 >= keptTexts()) {
      old = young
      young = new Map()
      youngCount = 0
    }
    const texts = young.get(chat)
    if (texts === undefined) young.set(chat, new Set([text]))
    else texts.add(text)
    youngCount += 1
  }

  function note(chat: Chat, text: string): void {
    count += 1
    const counts = duplicates.get(chat) ?? new Map<string, number>()
    const before = counts.get(text)
    if (before === undefined && listed >= MAX_LISTED) return
    if (before === undefined) listed += 1
    duplicates.set(chat, counts.set(text, (before ?? 1) + 1))
  }

  return {
    add(chat, text) {
      if (keptTexts() === 0) return
      if (young.get(chat)?.has(text) === true || old.get(chat)?.has(text) === true) note(chat, text)
      else remember(chat, text)
    },
    count: () => count,
    list: () =>
      [...duplicates].flatMap(([chat, counts]) =>
        Array.from(counts, ([text, times]) => ({ chat: chatReference(chat), text, count: times })),
      ),
    clear() {
      for (const part of [young, old, duplicates]) part.clear()
      youngCount = 0
      count = 0
      listed = 0
    },
  }
}
