import { asciiLowerCase, parseInt64 } from './character.ts'
import { splitAddress } from './link-address.ts'

export type CheckedLink = { status: 'checked'; url: string } | { status: 'refused'; reason: string }

/**
 * The address of a text link as Telegram stores it (`ex.com` becomes `http://ex.com/`), or why it takes none: another
 * scheme, a host without a dot, a character that no address has.
 */
export function checkLink(link: string): CheckedLink {
  const own = /^(tg|ton|tonsite):(?:\/\/)?/i.exec(link)
  return own === null ? checkWebLink(link) : checkTelegramLink(link.slice(own[0].length), own[1] ?? '')
}

/** The user whom `tg://user?id=…` names. */
export function linkedUserId(link: string): number | undefined {
  const id = parameterOf(asciiLowerCase(link), 'user', 'id')
  const userId = id === undefined ? undefined : parseInt64(id)
  return userId !== undefined && userId > 0n && userId < 2n ** 40n ? Number(userId) : undefined
}

/** The emoji that `tg://emoji?id=…` names. */
export function linkedEmojiId(link: string): string | undefined {
  const id = parameterOf(link, 'emoji', 'id')
  const emojiId = id === undefined ? undefined : parseInt64(id)
  return emojiId === undefined || emojiId === 0n ? undefined : emojiId.toString()
}

/** What `tg://time?unix=…&format=…` says; the format is not looked at. */
export function linkedTime(link: string): { unixTime: number; format: string } | undefined {
  const query = queryOf(link, 'time')
  if (query === undefined) return undefined
  let unixTime = 0
  let format = ''
  for (const [key, value] of query) {
    if (key === 'unix') {
      const seconds = parseInt64(value)
      if (seconds === undefined || seconds <= 0n || seconds >= 2n ** 31n) return undefined
      unixTime = Number(seconds)
    }
    if (key === 'format') format = value
  }
  return unixTime === 0 ? undefined : { unixTime, format }
}

function parameterOf(link: string, host: string, name: string): string | undefined {
  return queryOf(link, host)?.find(([key]) => key === name)?.[1]
}

function queryOf(link: string, host: string): [key: string, value: string][] | undefined {
  const scheme = /^tg:(?:\/\/)?/i.exec(link)
  if (scheme === null) return undefined
  const rest = link.slice(scheme[0].length)
  if (asciiLowerCase(rest.slice(0, host.length)) !== host) return undefined
  const query = /^\/?\?([^#]*)/.exec(rest.slice(host.length))?.[1]
  return query?.split('&').map((parameter) => {
    const equals = parameter.indexOf('=')
    return equals < 0 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)]
  })
}

function checkTelegramLink(link: string, scheme: string): CheckedLink {
  const name = asciiLowerCase(scheme)
  const parts = splitAddress(link)
  if (typeof parts === 'string') return refuse(parts)
  const hasOtherParts = parts.userinfo !== '' || parts.port !== 0 || parts.host.startsWith('[')
  if (hasOtherParts || parts.protocol === 'https' || /^http:\/\//i.test(link)) {
    return refuse(name === 'tg' ? 'Wrong tg URL' : 'Wrong ton URL')
  }
  const unallowed = name === 'tonsite' ? /[^a-z0-9_.-]/ : /[^a-z0-9_-]/
  if (unallowed.test(parts.host)) return refuse('Unallowed characters in URL host')
  const query = parts.query.startsWith('/?') ? parts.query.slice(1) : parts.query
  return { status: 'checked', url: `${name}://${parts.host}${query}` }
}

function checkWebLink(link: string): CheckedLink {
  const parts = splitAddress(link)
  if (typeof parts === 'string') return refuse(parts)
  if (!parts.host.includes('.') && !parts.host.startsWith('[')) return refuse('Wrong HTTP URL')
  const userinfo = parts.userinfo === '' ? '' : `${parts.userinfo}@`
  const port = parts.port === 0 ? '' : `:${parts.port}`
  return { status: 'checked', url: `${parts.protocol}://${userinfo}${parts.host}${port}${parts.query}` }
}

function refuse(reason: string): CheckedLink {
  return { status: 'refused', reason }
}
