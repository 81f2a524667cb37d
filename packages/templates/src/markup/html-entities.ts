export type DecodedEntities = { status: 'decoded'; text: string } | { status: 'invalid'; detail: string }

/**
 * Decodes what Telegram decodes: `&lt; &gt; &amp; &quot;`, with or without the semicolon, and numbers. A lone `&` is
 * text. Refused: other names, which Telegram would show as they stand, and numbers of characters nobody can see.
 */
export function decodeEntities(text: string): DecodedEntities {
  if (!text.includes('&')) return { status: 'decoded', text }
  let refused = false
  const decoded = text.replace(ENTITY, (entity, reference: string) => {
    const character = NAMED.get(reference) ?? decodeReference(reference, entity.endsWith(';'))
    refused ||= character === undefined
    return character ?? entity
  })
  return refused ? { status: 'invalid', detail: UNKNOWN_ENTITY } : { status: 'decoded', text: decoded }
}

const UNKNOWN_ENTITY =
  'Telegram knows &lt; &gt; &amp; &quot; and the numbers of visible characters; write any other character as it is'

/** Letters, or a number; the semicolon may be missing. */
const ENTITY = /&(#x[\da-fA-F]+|#\d+|[a-zA-Z]+);?/g

/** Telegram takes a longer number, its `&#` or `&#x` included, for text. */
const MAX_NUMBER_CHARS = 9

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

/** The character, or undefined when it must be refused. Letters without a semicolon are the rest of an address. */
function decodeReference(reference: string, ended: boolean): string | undefined {
  if (!reference.startsWith('#')) return ended ? undefined : `&${reference}`
  if (reference.length >= MAX_NUMBER_CHARS) return undefined
  const code = reference.startsWith('#x') ? Number(`0${reference.slice(1)}`) : Number(reference.slice(1))
  if (code >= 0x10_ff_ff) return undefined
  const character = String.fromCodePoint(code)
  return character === '\n' || !/[\p{Cc}\p{Cs}]/u.test(character) ? character : undefined
}
