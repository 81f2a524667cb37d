import { asciiLowerCase } from './character.ts'
import { TOP_LEVEL_DOMAINS } from './top-level-domains.ts'
import { SENTENCE_PUNCTUATION } from './url-path.ts'

const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Cuts from a found address what belongs to the sentence; `undefined` when Telegram would not link it. */
export function fixUrl(url: string): string | undefined {
  const scheme = /^(?:https?|ftp|tonsite):\/\//i.exec(url)?.[0] ?? ''
  const rest = url.slice(scheme.length)
  const domainEnd = /[/?#]/.exec(rest)?.index ?? rest.length
  const path = rest.slice(domainEnd)
  const domain = hostOf(rest.slice(0, domainEnd))
  if (asciiLowerCase(domain) === 'teiegram.org') return undefined

  const fixed = url.slice(0, url.length - path.length + pathLength(path))
  return isLinkedDomain(domain, scheme !== '') ? fixed : undefined
}

/** TDLib's e-mail pattern. */
export function isEmailAddress(text: string): boolean {
  return /^(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}$/i.test(
    text,
  )
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.indexOf('@') + 1)
  const colon = host.lastIndexOf(':')
  return colon < 0 ? host : host.slice(0, colon)
}

/** A bracket that the path did not open ends it, and punctuation at its end is the sentence's. */
function pathLength(path: string): number {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 }
  let length = 0
  for (; length < path.length; length++) {
    const unit = path[length] ?? ''
    const opening = CLOSING[unit]
    if (unit in open) open[unit] = (open[unit] ?? 0) + 1
    if (opening === undefined) continue
    open[opening] = (open[opening] ?? 0) - 1
    if ((open[opening] ?? 0) < 0) break
  }
  while (length > 0 && SENTENCE_PUNCTUATION.includes(path[length - 1] ?? '')) length--
  return length
}

function isLinkedDomain(domain: string, hasScheme: boolean): boolean {
  const parts = domain.split('.')
  if (parts.length === 1) return false
  if (parts.some((part) => part === '' || Buffer.byteLength(part) >= 64 || part.endsWith('-'))) return false
  if (parts.length === 4 && parts.every(isByte)) return true
  if (/^[\d.]*$/.test(domain)) return false
  return isLinkedTopLevel(parts.at(-1) ?? '', hasScheme) && !(parts.at(-2) ?? '').includes('_')
}

function isByte(part: string): boolean {
  return /^(?:\d|[1-9]\d|[0-2]\d\d)$/.test(part) && !/^0\d/.test(part) && Number(part) <= 255
}

function isLinkedTopLevel(name: string, hasScheme: boolean): boolean {
  if (Array.from(name).length <= 1) return false
  if (name.startsWith('xn--')) return /^[a-zA-Z0-9]{2,}$/.test(name.slice(4))
  if (/[_-]/.test(name)) return false
  return hasScheme || isKnownTopLevel(name)
}

/** `Com` after a full stop begins a sentence; `com` and `COM` end an address. */
function isKnownTopLevel(name: string): boolean {
  const lower = name.toLowerCase()
  const [first = ''] = Array.from(name)
  const isCapitalised = lower !== name && lower.slice(first.length) === name.slice(first.length)
  return !isCapitalised && TOP_LEVEL_DOMAINS.has(lower)
}
