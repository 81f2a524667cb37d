import type { Attributes } from './telegram-tags.ts'

export interface Tag {
  name: string
  closing: boolean
  attributes: Attributes
  /** UTF-16 units in the source. */
  length: number
}

/**
 * Reads the tag that begins at this "<"; undefined when nothing there is one. Narrower than Telegram: values stand in double quotes,
 * which our escaping keeps a value of an event inside of, and blanks are those of ASCII, since Telegram takes any other for a part
 * of the name. Linear in the length of the tag.
 */
export function readTag(source: string, position: number): Tag | undefined {
  const end = source.indexOf('>', position)
  if (end === -1) return undefined
  // Most tags are one of a few, or a link.
  if (end - position < MAX_COMMON_CHARS) {
    const common = COMMON_TAGS.get(source.slice(position, end + 1))
    if (common !== undefined) return common
  }
  if (source.startsWith(LINK, position) && source.indexOf('"', position + LINK.length) === end - 1) {
    const href = source.slice(position + LINK.length, end - 1)
    if (!href.includes('<'))
      return { name: 'a', closing: false, attributes: new Map([['href', href]]), length: end + 1 - position }
  }
  TAG.lastIndex = position
  const match = TAG.exec(source)
  if (match === null) return undefined
  const [tag, slash, name = '', written = ''] = match
  const attributes = readAttributes(written)
  if (attributes === undefined || (slash === '/' && attributes.size > 0)) return undefined
  return { name: name.toLowerCase(), closing: slash === '/', attributes, length: tag.length }
}

const LINK = '<a href="'

/** Names of attributes are small letters: Telegram overlooks HREF, and takes the text of the link for its address. */
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:[ \t\r\n]+[a-z-]+(?:="[^"<>]*")?)*)[ \t\r\n]*>/y
const ATTRIBUTE = /([a-z-]+)(?:="([^"<>]*)")?/g

/** None of an attribute that is written twice. */
function readAttributes(written: string): Attributes | undefined {
  if (written === '') return NO_ATTRIBUTES
  const pairs = Array.from(written.matchAll(ATTRIBUTE), ([, name = '', value = '']) => [name, value] as const)
  const attributes = new Map(pairs)
  return attributes.size === pairs.length ? attributes : undefined
}

const NO_ATTRIBUTES: Attributes = new Map()

const COMMON_NAMES = 'a b strong i em u ins s strike del code pre blockquote tg-spoiler'.split(' ')
const MAX_COMMON_CHARS = 20

const COMMON_TAGS: ReadonlyMap<string, Tag> = new Map(
  COMMON_NAMES.flatMap((name) =>
    [`<${name}>`, `</${name}>`].map((source) => {
      const closing = source.startsWith('</')
      return [source, { name, closing, attributes: NO_ATTRIBUTES, length: source.length }] as const
    }),
  ),
)
