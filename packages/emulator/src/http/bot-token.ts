/** What the token in a request's path turned out to be, before any bot is looked up. */
export type BotToken =
  | { status: 'wellFormed'; botId: number }
  | { status: 'refused'; code: 401 | 421; description: string }

const MAX_BOT_ID = 2 ** 54
const INVALID = {
  status: 'refused',
  code: 401,
  description: 'Unauthorized: invalid token specified',
} as const

/** Checks a token's form as the real server does, each mistake with its own answer. */
export function parseBotToken(token: string): BotToken {
  const colon = token.indexOf(':')
  if (token === '' || token.startsWith('0') || token.length > 80 || token.includes('/') || colon === -1) {
    return INVALID
  }
  const number = token.slice(0, colon)
  if (!/^-?\d+$/.test(number)) {
    return { status: 'refused', code: 421, description: 'Misdirected Request: unallowed token specified' }
  }
  const botId = Number(number)
  if (botId <= 0 || botId >= MAX_BOT_ID) return INVALID
  if (!/^[\w-]{24,}$/.test(token.slice(colon + 1))) {
    return { status: 'refused', code: 401, description: 'Unauthorized' }
  }
  return { status: 'wellFormed', botId }
}
