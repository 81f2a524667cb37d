import { asciiLowerCase } from './character.ts'
import { isSeparator, isUrlUnit, skipPath } from './url-path.ts'
import { fixUrl, isEmailAddress } from './url-shape.ts'

export type FoundUrl = { offset: number; text: string; type: 'url' | 'email' }

const WORD_AT_END = /[\p{L}\p{N}_]$/u

/**
 * Addresses and e-mail addresses in a text, with or without a scheme, as TDLib's `match_urls` finds them: around each
 * dot it looks for a domain, then for a port and a path behind it and for user data and a scheme before it.
 * Works on UTF-16 units: halves of a pair count as letters of a domain, as the whole character would.
 */
export function findUrls(text: string): FoundUrl[] {
  const found: FoundUrl[] = []
  let begin = 0
  for (;;) {
    const dot = text.indexOf('.', begin)
    if (dot < 0 || dot + 1 === text.length) return found
    if (text[dot + 1] === ' ') {
      begin = dot + 2
      continue
    }
    const candidate = matchAround(text, begin, dot)
    const url = candidate.isBad || candidate.end <= dot + 1 ? undefined : describe(text, candidate)
    if (url !== undefined) found.push(url)
    begin = Math.max(nextBegin(text, candidate), dot + 1)
  }
}

type Candidate = { begin: number; end: number; isBad: boolean }

function describe(text: string, candidate: Candidate): FoundUrl | undefined {
  const url = text.slice(candidate.begin, candidate.end)
  if (isEmailAddress(url)) return { offset: candidate.begin, text: url, type: 'email' }
  if (url.startsWith('mailto:') && isEmailAddress(url.slice(7))) {
    return { offset: candidate.begin + 7, text: url.slice(7), type: 'email' }
  }
  const fixed = fixUrl(url)
  return fixed === undefined ? undefined : { offset: candidate.begin, text: fixed, type: 'url' }
}

function nextBegin(text: string, candidate: Candidate): number {
  let next = candidate.end
  if (candidate.isBad) while (next > 0 && text[next - 1] !== '.') next--
  else while (text[next] === '.') next++
  return next
}

function matchAround(text: string, begin: number, dot: number): Candidate {
  let domainBegin = scanBack(text, dot, begin, isDomainUnit)
  let domainEnd = dot
  let hasAt = false
  while (domainEnd < text.length && (text[domainEnd] === '@' || isDomainUnit(text[domainEnd]))) {
    hasAt ||= text[domainEnd] === '@'
    domainEnd++
  }
  if (hasAt) domainBegin = scanBack(text, domainBegin, begin, isUserDataUnit)

  let end = skipPath(text, skipPort(text, domainEnd))
  while (end > dot + 1 && text[end - 1] === '.') end--

  let urlBegin = domainBegin
  let isBad = false
  if (urlBegin > begin && text[urlBegin - 1] === '@') {
    urlBegin = scanBack(text, domainBegin - 1, begin, isUserDataUnit)
    isBad = hasAt || urlBegin === domainBegin - 1
  }
  const scheme = schemeLength(text, begin, urlBegin)
  return { begin: urlBegin - (scheme ?? 0), end, isBad: isBad || scheme === undefined }
}

/** How many units before `urlBegin` belong to the address; `undefined` when what stands there forbids one. */
function schemeLength(text: string, begin: number, urlBegin: number): number | undefined {
  if (urlBegin === begin) return 0
  const isAfterSlashes = urlBegin - begin >= 6 && text.startsWith('://', urlBegin - 3)
  if (!isAfterSlashes) {
    const before = text.slice(Math.max(begin, urlBegin - 2), urlBegin)
    return WORD_AT_END.test(before) || /[/#@]$/.test(before) ? undefined : 0
  }
  const schemeBegin = scanBack(text, urlBegin - 3, begin, isSchemeUnit)
  const scheme = asciiLowerCase(text.slice(schemeBegin, urlBegin - 3))
  if (scheme.endsWith('http') && scheme !== 'shttp') return 7
  if (scheme.endsWith('https')) return 8
  if (scheme.endsWith('ftp') && scheme !== 'tftp' && scheme !== 'sftp') return 6
  return scheme.endsWith('tonsite') ? 10 : undefined
}

function skipPort(text: string, start: number): number {
  const port = /:0*([1-9]\d{0,4})(?!\d)/y
  port.lastIndex = start
  const match = port.exec(text)
  return match !== null && Number(match[1]) <= 65_535 ? port.lastIndex : start
}

type UnitTest = (unit: string | undefined) => boolean

/** The first place of the run of matching units that ends before `from`. */
function scanBack(text: string, from: number, begin: number, matches: UnitTest): number {
  let index = from
  while (index > begin && matches(text[index - 1])) index--
  return index
}

function isUserDataUnit(unit: string | undefined): boolean {
  return unit !== undefined && !'\n/[]{}()\'`<>"@«»'.includes(unit) && isUrlUnit(unit)
}

function isDomainUnit(unit: string | undefined): boolean {
  if (unit === undefined) return false
  return unit < '\u00C0' ? /[.A-Za-z0-9_~-]/.test(unit) : isUrlUnit(unit)
}

function isSchemeUnit(unit: string | undefined): boolean {
  if (unit === undefined) return false
  return unit < '\u0080' ? /[A-Za-z0-9+-]/.test(unit) : !isSeparator(unit)
}
