import type { Chat } from './chat.ts'
import type { Message } from './message.ts'
import type { Bot, Person } from './user.ts'

/** Something that a phone should show at once. */
export type Change =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'edited'; readonly message: Message }
  | { readonly kind: 'deleted'; readonly message: Message }
  | { readonly kind: 'chat'; readonly chat: Chat }
  | { readonly kind: 'action'; readonly chat: Chat; readonly bot: Bot; readonly action: string }
  | { readonly kind: 'callbackAnswer'; readonly press: CallbackPress; readonly answer: CallbackAnswer }
  | { readonly kind: 'bot'; readonly bot: Bot }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'reset' }

/** A person pressed an inline button and waits for the bot. */
export interface CallbackPress {
  readonly id: string
  readonly bot: Bot
  readonly person: Person
  readonly message: Message
}

export interface CallbackAnswer {
  readonly text?: string
  readonly show_alert: boolean
  readonly url?: string
}

export interface Changes {
  emit(change: Change): void
  /** Answers what ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void
}

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>()
  return {
    emit(change) {
      for (const listener of listeners) listener(change)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
