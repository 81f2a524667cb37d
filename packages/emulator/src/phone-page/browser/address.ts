/** What the address bar says: whose phone, which chat, and a t.me link that is to be opened. */
export type Address = { personId: number | undefined; chat: string | undefined; link: string | undefined }

/** `/?person=501&bot=7000001`, `/?person=501&chat=-4001`, `/open?url=https://t.me/shop_bot?start=abc&person=501`. */
export function readAddress(location: { pathname: string; search: string }): Address {
  const query = new URLSearchParams(location.search)
  const personId = numberIn(query, 'person')
  const botId = numberIn(query, 'bot')
  const privateChat = botId === undefined || personId === undefined ? undefined : `${botId}:${personId}`
  const link = location.pathname === '/open' ? linkIn(location.search) : undefined
  return { personId, chat: query.get('chat') ?? privateChat, link }
}

export function writeAddress(personId: number | undefined, chat: string | undefined): string {
  if (personId === undefined) return '/'
  const query = new URLSearchParams({ person: String(personId) })
  const [botId, owner] = chat?.split(':') ?? []
  if (botId !== undefined && owner === String(personId)) query.set('bot', botId)
  else if (chat !== undefined) query.set('chat', chat)
  return `/?${query}`
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/**
 * A link is often pasted without escaping, and has parameters of its own: what follows `url=` and is not one of ours
 * belongs to it.
 */
function linkIn(search: string): string | undefined {
  const raw = /[?&]url=(.*)$/.exec(search)?.[1]
  if (raw === undefined) return undefined
  if (/^[a-z]+%3a/i.test(raw)) return new URLSearchParams(search).get('url') ?? undefined
  return decode(raw.replace(/&person=\d+$/, ''))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
