/**
 * For tests: what Telegram's server makes of a text in HTML parse mode, following TDLib's parse_html step by step and
 * independently of our own parser. Returns the visible text; throws what the server would refuse.
 */
export function parseAsTelegram(html: string): string {
  if (!html.isWellFormed()) throw new Error('strings must be encoded in UTF-8')
  const cursor = createCursor(html)
  const open: string[] = []
  let text = ''
  while (!cursor.isAtEnd()) {
    if (cursor.take('</')) closeTag(cursor, open)
    else if (cursor.take('<')) open.push(readStartTag(cursor))
    else text += readCharacter(cursor)
  }
  if (open.length > 0) cursor.fail(`Can't find end tag corresponding to start tag "${open.at(-1)}"`)
  return text
}

type Cursor = ReturnType<typeof createCursor>

function createCursor(html: string) {
  let at = 0
  function take(expected: string): boolean {
    if (!html.startsWith(expected, at)) return false
    at += expected.length
    return true
  }
  function readWhile(isWanted: (character: string) => boolean): string {
    const from = at
    while (at < html.length && isWanted(html.charAt(at))) at += 1
    return html.slice(from, at)
  }
  function fail(what: string): never {
    throw new Error(`can't parse entities: ${what} at ${at}: ${html}`)
  }
  return {
    take,
    readWhile,
    fail,
    skipSpaces: () => readWhile(isSpace),
    next: () => html.charAt(at),
    rest: () => html.slice(at),
    isAtEnd: () => at >= html.length,
    skip(length: number) {
      at += length
    },
  }
}

const TAGS = 'a b strong i em u ins s strike del code pre blockquote tg-spoiler tg-emoji tg-time span'.split(
  ' ',
)

function readStartTag(cursor: Cursor): string {
  const name = cursor.readWhile((character) => !isSpace(character) && character !== '>').toLowerCase()
  if (cursor.isAtEnd()) cursor.fail('Unclosed start tag')
  if (!TAGS.includes(name)) cursor.fail(`Unsupported start tag "${name}"`)
  let className = ''
  cursor.skipSpaces()
  while (!cursor.take('>')) {
    const attribute = cursor.readWhile((character) => !isSpace(character) && !'=>/"\''.includes(character))
    if (attribute === '') cursor.fail('Empty attribute name')
    cursor.skipSpaces()
    const value = cursor.take('=') ? readValue(cursor) : ''
    if (cursor.isAtEnd()) cursor.fail('Unclosed start tag')
    if (attribute === 'class') className = value
    cursor.skipSpaces()
  }
  if (name === 'span' && className !== 'tg-spoiler') cursor.fail('Tag "span" must have class "tg-spoiler"')
  return name
}

function readValue(cursor: Cursor): string {
  cursor.skipSpaces()
  const quote = cursor.next()
  if (quote !== '"' && quote !== "'") {
    const token = cursor.readWhile((character) => /[a-zA-Z\d.-]/.test(character))
    if (!isSpace(cursor.next()) && cursor.next() !== '>') cursor.fail('Unexpected end of name token')
    return token.toLowerCase()
  }
  cursor.skip(1)
  const value = cursor.readWhile((character) => character !== quote)
  cursor.skip(1)
  return value
}

function closeTag(cursor: Cursor, open: string[]): void {
  const name = cursor.readWhile((character) => !isSpace(character) && character !== '>').toLowerCase()
  cursor.skipSpaces()
  if (!cursor.take('>')) cursor.fail('Unclosed end tag')
  const expected = open.pop()
  if (expected === undefined) cursor.fail('Unexpected end tag')
  if (name !== '' && name !== expected) cursor.fail(`Unmatched end tag, expected ${expected}, found ${name}`)
}

function readCharacter(cursor: Cursor): string {
  const entity = cursor.next() === '&' ? decodeEntity(cursor.rest()) : undefined
  const character = entity?.character ?? cursor.next()
  cursor.skip(entity?.length ?? 1)
  return character
}

function decodeEntity(source: string): { character: string; length: number } | undefined {
  const numeric = /^&#(?:x([\da-fA-F]*)|(\d*))/.exec(source)
  if (numeric !== null) {
    const code = numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(`0${numeric[1]}`, 16)
    if (code === 0 || code >= 0x10ffff || numeric[0].length >= 10) return undefined
    return { character: String.fromCodePoint(code), length: withSemicolon(source, numeric[0].length) }
  }
  const named = /^&([a-zA-Z]*)/.exec(source)
  const character = { lt: '<', gt: '>', amp: '&', quot: '"' }[named?.[1] ?? '']
  if (character === undefined) return undefined
  return { character, length: withSemicolon(source, named?.[0].length ?? 0) }
}

function withSemicolon(source: string, length: number): number {
  return source.charAt(length) === ';' ? length + 1 : length
}

function isSpace(character: string): boolean {
  return character !== '' && ' \t\r\n\0\v'.includes(character)
}
