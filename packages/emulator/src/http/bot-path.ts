import { decodeUrl } from './form-parameters.ts'

/** What the path of a Bot API request says. */
export type BotPath =
  | { readonly status: 'call'; readonly token: string; readonly method: string }
  | { readonly status: 'notFound' }

const NOT_FOUND: BotPath = { status: 'notFound' }

/**
 * Reads `/bot<token>/<method>` and `/bot<token>/test/<method>`. Without a method the call's parameters name it.
 * Accounts of Telegram's test environment are the same as the others here.
 */
export function parseBotPath(rawPath: string): BotPath {
  const path = rawPath.includes('%') ? decodeUrl(rawPath, false) : rawPath
  if (!path.startsWith('/bot')) return NOT_FOUND
  const slash = path.indexOf('/', 4)
  if (slash === -1) return NOT_FOUND
  const token = path.slice(4, slash)
  let rest = path.slice(slash)
  if (rest.startsWith('/test')) rest = rest.slice('/test'.length)
  return rest.startsWith('/') ? { status: 'call', token, method: rest.slice(1) } : NOT_FOUND
}
