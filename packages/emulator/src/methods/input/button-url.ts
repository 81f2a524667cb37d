import { refuse } from '../refused-error.ts'

/** What a URL of a button may be. */
export type UrlRule = 'any' | 'httpsOnly'

/**
 * Checks a button's URL and writes it as Telegram returns it: with a scheme, the host in lower case, a path.
 * A host without a dot (`localhost`) is refused.
 * @throws {RefusedError}
 */
export function parseButtonUrl(source: string, subject: string, rule: UrlRule): string {
  const fail = (reason: string): never => refuse(`${subject} URL '${source}' is invalid: ${reason}`)
  const special = /^(tg|ton|tonsite):(?:\/\/)?(.*)$/is.exec(source)
  if (special !== null && rule === 'httpsOnly') return fail('Only HTTPS links are allowed')

  const rest = special?.[2] ?? source
  const parts = /^(?:([^:/?#@[\]]*):\/\/)?([^/?#]*)(.*)$/s.exec(rest)
  const scheme = (parts?.[1] ?? 'http').toLowerCase()
  if (scheme !== 'http' && scheme !== 'https') return fail('Unsupported URL protocol')
  const authority = parts?.[2] ?? ''
  const [, userinfo = '', host = '', port = ''] = /^(.*@)?(\[[^\]]*\]|[^:]*)(:\d*)?$/s.exec(authority) ?? []
  if (authority !== '' && host === '' && userinfo === '') return fail('Disallowed character in URL host')
  if (host === '') return fail('URL host is empty')
  if (/[^\w.~!$&'()*+,;=%[\]:\u0080-\u{10ffff}-]/u.test(host)) return fail('Disallowed character in URL host')
  if (port !== '' && !isPort(port.slice(1))) return fail('Wrong port number specified in the URL')

  const path = escapeBlanks((parts?.[3] ?? '').trimEnd())
  const tail = path.startsWith('/') ? path : `/${path}`
  if (special !== null) return specialUrl(special[1] ?? '', host, tail)
  if (rule === 'httpsOnly' && scheme !== 'https') return fail('Only HTTPS links are allowed')
  if (!host.includes('.') && !host.startsWith('[')) return fail('Wrong HTTP URL')
  return `${scheme}://${userinfo}${host.toLowerCase()}${port}${tail}`
}

function specialUrl(scheme: string, host: string, tail: string): string {
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${tail.startsWith('/?') ? tail.slice(1) : tail}`
}

function isPort(digits: string): boolean {
  return Number(digits) > 0 && Number(digits) <= 65_535
}

/** Blanks and everything below them, as TDLib has it. */
function escapeBlanks(path: string): string {
  return path.replace(
    /[^!-\uffff]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
