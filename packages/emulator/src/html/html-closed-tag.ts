import { parseInt64 } from './character.ts'
import { normaliseDateFormat } from './date-format.ts'
import type { EntityKind, MessageEntity, PlainEntityType } from './entity.ts'
import type { StartTag } from './html-start-tag.ts'
import { checkLink, linkedUserId } from './link.ts'
import { ParseFailure } from './parse-failure.ts'

/** A tag that is still open, and the place in the text where it began. */
export type OpenTag = StartTag & { offset: number }

const PLAIN_TAGS: Record<string, PlainEntityType> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}

/** Adds what a closed tag means to `entities`. A tag around nothing means nothing and is not even checked. */
export function closeTag(tag: OpenTag, text: string, entities: MessageEntity[]): void {
  const place = { offset: tag.offset, length: text.length - tag.offset }
  if (place.length === 0) return
  if (tag.name === 'pre' || tag.name === 'code') {
    closeCode(tag, place, entities)
    return
  }
  const kind = kindOf(tag, text)
  if (kind !== undefined) entities.push({ ...place, ...kind })
}

function kindOf(tag: OpenTag, text: string): EntityKind | undefined {
  const plain = PLAIN_TAGS[tag.name]
  if (plain !== undefined) return { type: plain }
  if (tag.name === 'blockquote') return { type: tag.argument === '' ? 'blockquote' : 'expandable_blockquote' }
  if (tag.name === 'tg-emoji') return customEmoji(tag.argument)
  if (tag.name === 'tg-time') return dateTime(tag)
  return linkTo(tag.argument === '' ? text.slice(tag.offset) : tag.argument)
}

type LinkKind = Extract<EntityKind, { type: 'text_link' | 'text_mention' }>

/** A link to a person is a mention; a link that Telegram does not take vanishes without an error. */
export function linkTo(address: string): LinkKind | undefined {
  const userId = linkedUserId(address)
  if (userId !== undefined) return { type: 'text_mention', user: { id: userId } }
  const link = checkLink(address)
  return link.status === 'checked' ? { type: 'text_link', url: link.url } : undefined
}

function customEmoji(argument: string): EntityKind {
  const emojiId = parseInt64(argument)
  if (emojiId === undefined || emojiId === 0n) {
    throw new ParseFailure('Invalid custom emoji identifier specified')
  }
  return { type: 'custom_emoji', custom_emoji_id: emojiId.toString() }
}

function dateTime(tag: OpenTag): EntityKind | undefined {
  const format = normaliseDateFormat(tag.argument)
  if (format === undefined) throw new ParseFailure('Invalid date format used')
  if (tag.unixTime <= 0) return undefined
  return { type: 'date_time', unix_time: tag.unixTime, date_time_format: format }
}

/**
 * `<pre>` and `<code class="language-…">` around the same text become one block with a language, whichever is
 * inside. A `code` carries its language until then, as TDLib's does.
 */
function closeCode(tag: OpenTag, place: Place, entities: MessageEntity[]): void {
  const last = entities.at(-1)
  const isSamePlace = last?.offset === place.offset && last.length === place.length
  if (tag.name === 'pre') {
    const language = isSamePlace && last.type === 'code' ? languageOf(last) : ''
    if (language === '') {
      entities.push({ ...place, type: 'pre' })
    } else {
      entities[entities.length - 1] = { ...place, type: 'pre', language }
    }
    return
  }
  if (isSamePlace && last.type === 'pre' && last.language === undefined && tag.argument !== '') {
    entities[entities.length - 1] = { ...place, type: 'pre', language: tag.argument }
    return
  }
  const code: CodeWithLanguage = { ...place, type: 'code', language: tag.argument }
  entities.push(code)
}

type Place = { offset: number; length: number }
type CodeWithLanguage = Place & { type: 'code'; language: string }

function languageOf(entity: MessageEntity): string {
  return 'language' in entity && typeof entity.language === 'string' ? entity.language : ''
}
