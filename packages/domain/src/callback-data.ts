/** Of a message's id, at most 19 digits, and of an action, at most 32 letters: 54 bytes of the 64 Telegram takes. */
const CALLBACK_DATA = /^a:([1-9]\d{0,18}):([a-z0-9_]{1,32})$/

/** Postgres knows no larger one. */
const MAX_MESSAGE_ID = 2n ** 63n - 1n

/** What a button of a message says when it is pressed. The id is the message's, as Postgres counts it. */
export function callbackDataFor(messageId: string, action: string): string {
  return `a:${messageId}:${action}`
}

/**
 * Reads what a pressed button says; undefined for what is no button of a message. Anybody with a changed app can send
 * any such text: whether the message exists, went to this chat and has this button is for the caller to check.
 */
export function parseCallbackData(text: string): { messageId: string; action: string } | undefined {
  const [, messageId, action] = CALLBACK_DATA.exec(text) ?? []
  if (messageId === undefined || action === undefined || BigInt(messageId) > MAX_MESSAGE_ID) return undefined
  return { messageId, action }
}
