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
  ['a', (attributes: Attributes) => linkProblem(attributes)],
  ['code', (attributes: Attributes, parent?: string) => codeProblem(attributes, parent)],
  ['span', (attributes: Attributes) => unlike(attributes, { class: /^tg-spoiler$/ }, ['class'])],
  ['blockquote', (attributes: Attributes) => unlike(attributes, { expandable: /^$/ })],
  ['tg-emoji', (attributes: Attributes) => unlike(attributes, { 'emoji-id': /^\d{1,20}$/ }, ['emoji-id'])],
  [
    'tg-time',
    (attributes: Attributes) => unlike(attributes, { unix: /^\d{1,12}$/, format: /^\w{0,20}$/ }, ['unix']),
  ],
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
  const address = decodeEntities(href)
  if (address.status === 'invalid') return address.detail
  if (/^tg:\/\/user\?id=\d{1,16}$/.test(address.text)) return unlike(attributes, { href: /./ })
  return addressProblem(address.text) ?? unlike(attributes, { href: /./ })
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
