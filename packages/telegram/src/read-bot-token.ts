/** In running text only what is as long as Telegram's tokens are: a time of day, 12:30, is none. */
const TOKEN_IN_TEXT = /(?<![\w:-])[1-9]\d{3,15}:[\w-]{24,}(?![\w-])/g
const BARE_TOKEN = /^\d+:[\w-]+$/

/**
 * The token of a bot, given by itself or within what @BotFather wrote about it. Undefined when there is none, or more than
 * one: nobody knows which bot is meant.
 */
export function readBotToken(text: string): string | undefined {
  const trimmed = text.trim()
  if (BARE_TOKEN.test(trimmed)) return trimmed
  const [token, ...others] = new Set(text.match(TOKEN_IN_TEXT))
  return others.length === 0 ? token : undefined
}
