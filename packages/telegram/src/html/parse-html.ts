/** A tag where it stands in the visible text. */
export interface Mark {
  /** In UTF-16 units of the text, as Telegram counts. */
  offset: number
  /** The start tag as it was written, or undefined for the end of the innermost open one. */
  startTag: string | undefined
  name: string
}

export interface ParsedHtml {
  /** What people see. */
  text: string
  /** Balanced: each start has its end, in order. */
  marks: Mark[]
}

const NAMES = new Set(
  'a b strong i em u ins s strike del code pre blockquote tg-spoiler tg-emoji tg-time span'.split(' '),
)
// Written out, as the server knows fewer spaces than \s.
const SPACE = String.raw`[ \t\r\n\v\0]`
// A value without quotes may hold letters, digits, dots and hyphens only.
const ATTRIBUTE = String.raw`[^ \t\r\n\v\0=<>/"']+(?:${SPACE}*=${SPACE}*(?:"[^"]*"|'[^']*'|[a-zA-Z\d.-]+(?=${SPACE}|>)))?`
const START_TAG = new RegExp(
  String.raw`<([a-zA-Z-]+)((?:(?:${SPACE}+|(?<=["']))${ATTRIBUTE})*)${SPACE}*>`,
  'y',
)
const END_TAG = new RegExp(String.raw`</([a-zA-Z-]*)${SPACE}*>`, 'y')
const ENTITY = /&(?:#(\d+)|#x([\da-fA-F]+)|([a-zA-Z]+));?/y
const SPOILER = new RegExp(
  String.raw`(?:${SPACE}|["'])class${SPACE}*=${SPACE}*(?:"tg-spoiler"|'tg-spoiler'|tg-spoiler(?=${SPACE}|$))`,
)
const SPECIAL = /[<&]/g

/**
 * Reads Telegram's HTML as its server does (TDLib, MessageEntity.cpp, parse_html), only that it refuses nothing: what the
 * server would not accept as a tag is text, and what is still open at the end is closed.
 *
 * @param maxChars reads no further than this much text, and not always as far as the end of what it is in
 */
export function parseHtml(html: string, maxChars = Infinity): ParsedHtml {
  // Half a surrogate pair cannot be sent; it shows as the replacement character.
  const source = html.toWellFormed()
  const marks: Mark[] = []
  const open: string[] = []
  const parts: string[] = []
  let textLength = 0
  let position = 0

  function addText(text: string, sourceLength: number): void {
    parts.push(text)
    textLength += text.length
    position += sourceLength
  }

  function addMark(name: string, startTag: string | undefined, sourceLength: number): void {
    const last = marks.at(-1)
    // A tag around nothing means nothing.
    if (startTag === undefined && last?.startTag !== undefined && last.offset === textLength) marks.pop()
    else marks.push({ offset: textLength, name, startTag })
    position += sourceLength
  }

  while (position < source.length && textLength <= maxChars) {
    const next = source.charAt(position)
    if (next === '&') {
      const [reference = '&', character = '&'] = readEntity(source, position)
      addText(character, reference.length)
      continue
    }
    if (next !== '<') {
      const end = nextSpecial(source, position)
      addText(source.slice(position, end), end - position)
      continue
    }
    const startTag = readStartTag(source, position)
    const endTag = startTag === undefined ? readEndTag(source, position, open.at(-1)) : undefined
    if (startTag !== undefined) {
      open.push(startTag.name)
      addMark(startTag.name, startTag.source, startTag.source.length)
    } else if (endTag !== undefined) addMark(open.pop() ?? '', undefined, endTag.length)
    else addText('<', 1)
  }
  for (const name of open.toReversed()) addMark(name, undefined, 0)
  return { text: parts.join(''), marks }
}

function nextSpecial(source: string, from: number): number {
  SPECIAL.lastIndex = from
  return SPECIAL.exec(source)?.index ?? source.length
}

function readStartTag(source: string, position: number): { name: string; source: string } | undefined {
  const [tag, rawName = '', attributes = ''] = matchAt(START_TAG, source, position)
  const name = rawName.toLowerCase()
  if (tag === undefined || !NAMES.has(name)) return undefined
  return REQUIRED.get(name)?.(attributes) === false ? undefined : { name, source: tag }
}

/** What the server refuses the whole text for, were it otherwise. */
const REQUIRED: ReadonlyMap<string, (attributes: string) => boolean> = new Map([
  ['span', (attributes: string) => SPOILER.test(attributes)],
  ['tg-emoji', hasEmojiId],
  ['tg-time', (attributes: string) => !attributes.includes('format') || FORMAT.test(attributes)],
])

const EMOJI_ID = new RegExp(`^${SPACE}+emoji-id=(["']?)([1-9]\\d{0,18})\\1$`)
const FORMAT = new RegExp(
  `^(?:${SPACE}+unix=["']?\\d+["']?)?${SPACE}+format=(["']?)(?:[rR]|[tTdDwW]*)\\1(?:${SPACE}+unix=["']?\\d+["']?)?$`,
)

/** A number of 64 bits. */
function hasEmojiId(attributes: string): boolean {
  const [, , id] = EMOJI_ID.exec(attributes) ?? []
  return id !== undefined && BigInt(id) < 2n ** 63n
}

/** The server wants the innermost one, by its name or by none. */
function readEndTag(source: string, position: number, innermost: string | undefined): string | undefined {
  const [tag, rawName = ''] = matchAt(END_TAG, source, position)
  const name = rawName.toLowerCase()
  return innermost !== undefined && (name === '' || name === innermost) ? tag : undefined
}

/** The reference and what it stands for; nothing when the ampersand is one. */
function readEntity(source: string, position: number): [reference?: string, character?: string] {
  const [reference, decimal, hexadecimal, name] = matchAt(ENTITY, source, position)
  if (reference === undefined) return []
  if (name !== undefined) return NAMED.has(name) ? [reference, NAMED.get(name)] : []
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  const isCharacter = code > 0 && code < 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  // The server gives up on references of ten characters and more.
  const isShort = reference.replace(/;$/, '').length < 10
  return isCharacter && isShort ? [reference, String.fromCodePoint(code)] : []
}

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

function matchAt(sticky: RegExp, source: string, position: number): (string | undefined)[] {
  sticky.lastIndex = position
  return sticky.exec(source) ?? []
}
