import type { Claim } from '@postino/database'
import type { PlannedFile } from './media/planned-file.ts'

/** A claim, with what is known of its files. */
export type ClaimedMessage = Extract<Claim, { status: 'sending' }> & { files?: PlannedFile[] }

/** How the flood window sees a message: chats with a negative id are groups and channels; an album costs its files. */
export function callOf({ chatId, content }: { chatId: string; content?: { media?: unknown[] } }) {
  const chatKind = chatId.startsWith('-') ? 'group' : 'private'
  return { chat: chatId, chatKind, cost: Math.max(1, content?.media?.length ?? 0) } as const
}
