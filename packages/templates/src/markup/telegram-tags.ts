import { addressProblem } from '../text/web-address.ts'
import { decodeEntities } from './html-entities.ts'

export type Attributes = ReadonlyMap<string, string>

/** The tags of Telegram's HTML. Each says what is wrong with a tag that has these attributes and stands in `parent`. */
export const TELEGRAM_TAGS: ReadonlyMap<
  string,
  (attributes: Attributes, parent?: string) => string | undefined
> = new Map([
  ['b', plain],
  ['strong', plain],
  ['i', plain],
  ['em', plain],
  ['u', plain],
  ['ins', plain],
  ['s', plain],
  ['strike', plain],
  ['del', plain],
  ['pre', plain],
  ['tg-spoiler', plain],
  ['a', linkProblem],
  ['code', codeProblem],
  ['span', (attributes: Attributes) => unlike(attributes, { class: /^tg-spoiler$/ }, ['class'])],
  ['blockquote', (attributes: Attributes) => unlike(attributes, { expandable: /^$/ })],
  ['tg-emoji', emojiProblem],
  ['tg-time', timeProblem],
])

/**
 * Says what keeps a tag from standing inside those that are open. Telegram refuses none of this: it drops one of the two without a
 * word, and of a spoiler it shows what stands in code.
 */
export function nestingProblem(name: string, open: readonly string[]): string | undefined {
  if (open.length >= MAX_DEPTH) return `no more than ${MAX_DEPTH} tags may stand inside each other`
  for (const outer of open) {
    if (outer === name && NEVER_NESTED.has(name)) return `<${name}> may not stand inside another one`
    if (FORBIDDEN_INSIDE.get(outer)?.(name, open) === true) return `<${name}> may not stand inside <${outer}>`
  }
  return undefined
}

/** More than any text needs. It keeps all work with what is open small. */
export const MAX_DEPTH = 20

const NEVER_NESTED: ReadonlySet<string> = new Set(['a', 'blockquote'])
const NOT_IN_LINKS: ReadonlySet<string> = new Set(['code', 'pre', 'blockquote', 'tg-emoji', 'tg-time'])
const NEVER_HIDDEN: ReadonlySet<string> = new Set(['code', 'pre', 'tg-time'])

const FORBIDDEN_INSIDE: ReadonlyMap<string, (name: string, open: readonly string[]) => boolean> = new Map([
  ['code', () => true],
  ['pre', (name: string, open: readonly string[]) => name !== 'code' || open.at(-1) !== 'pre'],
  ['tg-time', () => true],
  ['tg-emoji', () => true],
  ['a', (name: string) => NOT_IN_LINKS.has(name)],
  ['tg-spoiler', (name: string) => NEVER_HIDDEN.has(name)],
  ['span', (name: string) => NEVER_HIDDEN.has(name)],
])

function plain(attributes: Attributes): string | undefined {
  return unlike(attributes, {})
}

function codeProblem(attributes: Attributes, parent: string | undefined): string | undefined {
  return unlike(attributes, parent === 'pre' ? { class: /^language-[\w+#.-]{1,30}$/ } : {})
}

/** Without an address Telegram takes the text between the tags for one, and that may be a customer's. */
function linkProblem(attributes: Attributes): string | undefined {
  const href = attributes.get('href')
  if (href === undefined) return 'it needs an address: href="https://…"'
  if (attributes.size > 1) return 'it may have href only'
  const address = decodeEntities(href)
  if (address.status === 'invalid') return address.detail
  return addressProblem(address.text)
}

/** An id is a number of 64 bits. */
function emojiProblem(attributes: Attributes): string | undefined {
  const problem = unlike(attributes, { 'emoji-id': /^[1-9]\d{0,18}$/ }, ['emoji-id'])
  if (problem !== undefined) return problem
  return BigInt(attributes.get('emoji-id') ?? 0) < 2n ** 63n ? undefined : 'its emoji-id is too large'
}

/** Seconds since 1970 in 32 bits. */
function timeProblem(attributes: Attributes): string | undefined {
  const problem = unlike(attributes, { unix: /^[1-9]\d{0,9}$/, format: /^(?:[rR]|[tTdDwW]{0,10})$/ }, [
    'unix',
  ])
  if (problem !== undefined) return problem
  return Number(attributes.get('unix')) < 2 ** 31 ? undefined : 'its unix is too large'
}

/** Says what the tag must or may have, when it lacks that or has anything else. */
function unlike(
  attributes: Attributes,
  allowed: Readonly<Record<string, RegExp>>,
  required: readonly string[] = [],
): string | undefined {
  const missing = required.find((name) => !attributes.has(name))
  if (missing !== undefined) return `it needs the attribute ${missing}`
  const patterns = new Map(Object.entries(allowed))
  const fits = [...attributes].every(([name, value]) => patterns.get(name)?.test(value) === true)
  if (fits) return undefined
  const names = [...patterns.keys()].join(' and ')
  return names === ''
    ? 'it may have no attributes here'
    : `it may have ${names} only, each with a value of its kind`
}
