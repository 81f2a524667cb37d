/** What a t.me link asks a phone to do. */
export type StartLink =
  | { readonly kind: 'start'; readonly username: string; readonly parameter: string }
  | {
      readonly kind: 'startgroup'
      readonly username: string
      readonly parameter: string
      readonly asAdmin: boolean
    }

/** Telegram's rule for the parameter of a deep link. */
const PARAMETER = /^[\w-]{0,64}$/

/** Reads `https://t.me/<bot>?start=<parameter>` and its relatives; `undefined` for any other link. */
export function parseStartLink(link: string): StartLink | undefined {
  const text = /^(t|telegram)\.me\//i.test(link) ? `https://${link}` : link
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const username = usernameOf(url)
  if (username === undefined) return undefined

  const { searchParams } = url
  const group = searchParams.get('startgroup')
  const parameter = group ?? searchParams.get('start') ?? ''
  if (!PARAMETER.test(parameter)) return undefined
  if (group === null) return { kind: 'start', username, parameter }
  return { kind: 'startgroup', username, parameter, asAdmin: searchParams.has('admin') }
}

function usernameOf(url: URL): string | undefined {
  if (url.protocol === 'tg:') {
    return url.hostname === 'resolve' ? (url.searchParams.get('domain') ?? undefined) : undefined
  }
  const isTelegram = url.hostname === 't.me' || url.hostname === 'telegram.me'
  return isTelegram ? /^\/(\w{3,})\/?$/.exec(url.pathname)?.[1] : undefined
}
