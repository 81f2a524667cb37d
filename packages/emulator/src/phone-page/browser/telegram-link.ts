/** A link into Telegram, as far as the phone can follow it. */
export type TelegramLink = { username: string; startsGroup: boolean }

const HOSTS = new Set(['t.me', 'www.t.me', 'telegram.me', 'telegram.dog'])

/** `https://t.me/shop_bot?start=abc`, without a scheme too, or `tg://resolve?domain=shop_bot&start=abc`. */
export function parseTelegramLink(text: string): TelegramLink | undefined {
  const trimmed = text.trim()
  const withScheme = /^[a-z]+:/i.test(trimmed) ? trimmed : `https://${trimmed}`
  if (!URL.canParse(withScheme)) return undefined
  const url = new URL(withScheme)
  const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && HOSTS.has(url.hostname)
  const isApp = url.protocol === 'tg:' && url.hostname === 'resolve'
  const username = isWeb ? url.pathname.split('/')[1] : isApp ? url.searchParams.get('domain') : undefined
  if (!/^[A-Za-z]\w{3,31}$/.test(username ?? '')) return undefined
  return { username: username ?? '', startsGroup: url.searchParams.has('startgroup') }
}

/** What an address in a message may lead to: the web, mail and telephone; nothing that runs. */
export function safeAddress(address: string): string | undefined {
  const hasScheme = /^(?:https?:\/\/|mailto:|tel:)/i.test(address)
  if (!hasScheme && address.includes('://')) return undefined
  const withScheme = hasScheme ? address : `http://${address}`
  return URL.canParse(withScheme) ? new URL(withScheme).href : undefined
}
