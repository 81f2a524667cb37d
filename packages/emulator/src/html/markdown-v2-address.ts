import { byteOffset, unitAt } from './character.ts'
import { normaliseDateFormat } from './date-format.ts'
import type { EntityKind } from './entity.ts'
import { linkedEmojiId, linkedTime } from './link.ts'
import { ParseFailure } from './parse-failure.ts'

/** Reads `(address)` behind the bracket at `bracket`; `undefined` when no parenthesis follows. */
export function readAddress(source: string, bracket: number): { address: string; end: number } | undefined {
  if (unitAt(source, bracket + 1) !== '(') return undefined
  const begin = bracket + 2
  let address = ''
  let index = begin
  while (index < source.length && source[index] !== ')') {
    const escaped = escapedAt(source, index)
    address += escaped ?? unitAt(source, index)
    index += escaped === undefined ? 1 : 2
  }
  if (index >= source.length) {
    throw new ParseFailure(`Can't find end of a URL at byte offset ${byteOffset(source, begin)}`)
  }
  return { address, end: index }
}

/** The character that a backslash at `index` escapes: any of ASCII but the last. */
export function escapedAt(source: string, index: number): string | undefined {
  const next = unitAt(source, index + 1)
  return unitAt(source, index) === '\\' && next > '\0' && next <= '~' ? next : undefined
}

/** `![…](…)` is a custom emoji or a date, by the address alone. */
export function emojiOrTime(address: string | undefined): EntityKind {
  if (address === undefined) {
    throw new ParseFailure('The entity must contain a tg://emoji or tg://time URL')
  }
  const emojiId = linkedEmojiId(address)
  if (emojiId !== undefined) return { type: 'custom_emoji', custom_emoji_id: emojiId }
  const time = linkedTime(address)
  const format = time === undefined ? undefined : normaliseDateFormat(time.format)
  if (time === undefined || format === undefined) {
    throw new ParseFailure('Invalid tg://emoji or tg://time URL specified')
  }
  return { type: 'date_time', unix_time: time.unixTime, date_time_format: format }
}
