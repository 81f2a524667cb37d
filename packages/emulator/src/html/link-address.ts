import { isIPv6 } from 'node:net'
import { asciiLowerCase, trimEndSpaces } from './character.ts'

/** `port` is 0 when none is written; `query` is path, query and fragment together and begins with a slash. */
export type LinkAddress = {
  protocol: 'http' | 'https'
  userinfo: string
  host: string
  port: number
  query: string
}

/** Splits `[https?://][userinfo@]host[:port][/path?query#fragment]`; a string says what is wrong with it. */
export function splitAddress(link: string): LinkAddress | string {
  const scheme = /^([^:/?#@[\]]*):\/\//.exec(link)
  const protocol = asciiLowerCase(scheme?.[1] ?? 'http')
  if (protocol !== 'http' && protocol !== 'https') return 'Unsupported URL protocol'
  const address = link.slice(scheme?.[0].length ?? 0)
  const authority = /^[^/?#]*/.exec(address)?.[0] ?? ''
  const { hostPart, port } = splitPort(authority)
  if (port === undefined) return 'Wrong port number specified in the URL'

  const at = hostPart.lastIndexOf('@')
  const userinfo = hostPart.slice(0, Math.max(at, 0))
  const host = asciiLowerCase(hostPart.slice(at + 1))
  const problem = describeHost(host) ?? describePart(userinfo, 'userinfo')
  if (problem !== undefined) return problem
  return { protocol, userinfo, host, port, query: normaliseQuery(address.slice(authority.length)) }
}

/** `port` is `undefined` when what is written is no port. */
function splitPort(authority: string): { hostPart: string; port: number | undefined } {
  const last = Math.max(authority.lastIndexOf(':'), authority.lastIndexOf(']'), authority.lastIndexOf('@'))
  if (last <= 0 || authority[last] !== ':') return { hostPart: authority, port: 0 }
  const digits = authority.slice(last + 1).replace(/^0+(?=.)/, '')
  const port = /^[1-9]\d{0,4}$/.test(digits) && Number(digits) <= 65_535 ? Number(digits) : undefined
  return { hostPart: authority.slice(0, last), port }
}

function describeHost(host: string): string | undefined {
  if (host === '') return 'URL host is empty'
  if (host.startsWith('[') && host.endsWith(']')) {
    const isAddress = isIPv6(host.slice(1, -1)) && !host.includes('%')
    return isAddress ? undefined : 'Wrong IPv6 address specified in the URL'
  }
  return host === '.' ? 'Host is invalid' : describePart(host, 'host')
}

const ALLOWED = { host: /[a-z0-9.\-_!$,~*'();&+=]/i, userinfo: /[a-z0-9.\-_!$,~*'();&+=:]/i }

/** RFC 3986, and every character outside ASCII as it is. */
function describePart(part: string, name: 'host' | 'userinfo'): string | undefined {
  for (let index = 0; index < part.length; index++) {
    const unit = part[index] ?? ''
    if (unit > '\x7F' || ALLOWED[name].test(unit)) continue
    if (unit !== '%') return `Disallowed character in URL ${name}`
    if (!/^[0-9a-f]{2}/i.test(part.slice(index + 1))) return `Wrong percent-encoded symbol in URL ${name}`
    index += 2
  }
  return undefined
}

function normaliseQuery(raw: string): string {
  const trimmed = trimEndSpaces(raw)
  const query = trimmed.startsWith('/') ? trimmed : `/${trimmed}`
  return Array.from(query, (character) => (character > ' ' ? character : percentEncode(character))).join('')
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
