export type DecodedEntities = { status: 'decoded'; text: string } | { status: 'invalid'; detail: string }

/**
 * Decodes what Telegram decodes: `&lt; &gt; &amp; &quot;`, with or without the semicolon, and numbers. A lone `&` is
 * text. Refused: other names, which Telegram would show as they stand, and numbers of characters nobody can see.
 */
export function decodeEntities(text: string): DecodedEntities {
  let ampersand = text.indexOf('&')
  if (ampersand === -1) return { status: 'decoded', text }
  let decoded = ''
  let position = 0
  while (ampersand !== -1) {
    decoded += text.slice(position, ampersand)
    const { character, length } = entityAt(text, ampersand)
    if (character === undefined) return { status: 'invalid', detail: UNKNOWN_ENTITY }
    decoded += character
    position = ampersand + length
    ampersand = text.indexOf('&', position)
  }
  return { status: 'decoded', text: decoded + text.slice(position) }
}

const UNKNOWN_ENTITY =
  'Telegram knows &lt; &gt; &amp; &quot; and the numbers of visible characters; write any other character as it is'

interface Entity {
  /** What it stands for; undefined when it must be refused. */
  character: string | undefined
  /** UTF-16 units in the source. */
  length: number
}

/** What escaping writes, before anything that needs a closer look. */
function entityAt(text: string, ampersand: number): Entity {
  for (const [entity, known] of ESCAPES) if (text.startsWith(entity, ampersand)) return known
  REFERENCE.lastIndex = ampersand
  const [entity, reference = ''] = REFERENCE.exec(text) ?? ['&']
  if (reference === '') return LONE_AMPERSAND
  return {
    character: NAMED.get(reference) ?? characterOf(reference, entity.endsWith(';')),
    length: entity.length,
  }
}

const LONE_AMPERSAND: Entity = { character: '&', length: 1 }

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

const ESCAPES: readonly (readonly [string, Entity])[] = Array.from(NAMED, ([name, character]) => {
  const entity = `&${name};`
  return [entity, { character, length: entity.length }]
})

/** Letters, or a number; the semicolon may be missing. */
const REFERENCE = /&(#x[\da-fA-F]+|#\d+|[a-zA-Z]+);?/y

/** Telegram takes a longer number for text. With the `#` or `#x` before it. */
const MAX_NUMBER_CHARS = 8

/** Letters without a semicolon are the rest of an address. */
function characterOf(reference: string, ended: boolean): string | undefined {
  if (!reference.startsWith('#')) return ended ? undefined : `&${reference}`
  if (reference.length > MAX_NUMBER_CHARS) return undefined
  const code = reference.startsWith('#x') ? Number(`0${reference.slice(1)}`) : Number(reference.slice(1))
  if (code >= 0x10_ff_ff) return undefined
  const character = String.fromCodePoint(code)
  return character === '\n' || !/[\p{Cc}\p{Cs}]/u.test(character) ? character : undefined
}
