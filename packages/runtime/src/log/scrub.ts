/**
 * What may never stand in a log, wherever it sits in a line: Telegram bot tokens, our keys, passwords in URLs. The number
 * before a token's colon is the bot's public id and stays, to tell which bot it was.
 *
 * Every pattern is bounded or looks for a fixed word first, so a long line costs time in proportion to its length.
 */
const RULES: readonly [pattern: RegExp, replacement: string][] = [
  // In the path of a call the whole segment is the token, however short. The colon may be percent-encoded.
  [/(\/bot\d+(?::|%3A))[^\s"'\\/?#]+/gi, '$1[removed]'],
  // BotFather gives 35 characters after the colon; 24 leaves room below.
  [/(?<!\d)(\d{5,16}(?::|%3A))[A-Za-z0-9_-]{24,}/gi, '$1[removed]'],
  [/(pst_(?:live|test)_)\w+/g, '$1[removed]'],
  // Up to the last @, as a password may hold one that nobody encoded, or a quote that JSON did.
  [/((?:postgres(?:ql)?|rediss?|valkeys?):\/\/[^\s"\\/:@]{0,200}:)(?:[^\s"\\]|\\.)+@/gi, '$1[removed]@'],
  [/(https?:\/\/[^\s"\\/:@]{0,200}:)[^\s"\\/@]+@/gi, '$1[removed]@'],
  // 32 bytes in base64: the keys that encrypt tokens.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/g, '[removed]'],
]

export function scrub(text: string): string {
  let scrubbed = text
  for (const [pattern, replacement] of RULES) scrubbed = scrubbed.replace(pattern, replacement)
  return scrubbed
}
