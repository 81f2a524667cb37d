import type { MessageEntity, PlainEntityType } from './entity.ts'
import { findCardNumbers, findPhoneNumbers } from './find-numbers.ts'
import { findUrls } from './find-urls.ts'
import { dropIntersecting } from './merge-entities.ts'
import { skipPath } from './url-path.ts'

/**
 * What Telegram finds in a cleaned text by itself: mentions, commands, tags, addresses, numbers. Sorted, without
 * overlaps; of two that overlap the earlier stays.
 */
export function findEntities(text: string): MessageEntity[] {
  // Most texts have next to none of these signs, and looking for a sign is cheaper than for a pattern.
  const has = (sign: string) => text.includes(sign)
  return dropIntersecting([
    ...(has('@') ? findMentions(text) : []),
    ...(has('/') ? matches(text, BOT_COMMAND, 'bot_command') : []),
    ...(has('#') ? findHashtags(text) : []),
    ...(has('$') ? matches(text, CASHTAG, 'cashtag') : []),
    ...findCardNumbers(text),
    ...(has('://') ? findTelegramLinks(text) : []),
    ...findUrls(text).map((url) => ({ offset: url.offset, length: url.text.length, type: url.type })),
    ...(has('+') ? findPhoneNumbers(text) : []),
  ])
}

const MENTION = /(?<![\p{L}\p{N}_])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_])/gu
/** The names shorter than four letters that exist: inline bots of Telegram's own. */
const SHORT_NAMES = new Set(['gif', 'nft', 'pic', 'ufc', 'vid'])

const BOT_COMMAND =
  /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?![A-Za-z0-9_])(?:@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_])|(?!@))(?![\p{L}\p{N}_/<>])/gu

const HASHTAG =
  /(?<![_\u200C\u00B7\u0D80-\u0DFF\p{L}\p{Nd}])#([_\u200C\u00B7\u0D80-\u0DFF\p{L}\p{Nd}]+)(@[A-Za-z0-9_]{3,32})?/gu
const HASHTAG_MAX_CHARS = 256

const CASHTAG =
  /(?<![$_\u200C\u00B7\u0D80-\u0DFF\p{L}\p{Nd}])\$(?:1INCH|[A-Z]{1,8}(?![A-Z]))(?:@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_])|(?!@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_])))(?![$_\u200C\u00B7\u0D80-\u0DFF\p{L}\p{Nd}])/gu

function matches(text: string, pattern: RegExp, type: PlainEntityType): MessageEntity[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    offset: match.index,
    length: match[0].length,
    type,
  }))
}

function findMentions(text: string): MessageEntity[] {
  return matches(text, MENTION, 'mention').filter(({ offset, length }) => {
    return length > 4 || SHORT_NAMES.has(text.slice(offset + 1, offset + length).toLowerCase())
  })
}

/** A tag needs a letter, and no other tag may begin where it ends. One that is too long is cut. */
function findHashtags(text: string): MessageEntity[] {
  const found: MessageEntity[] = []
  for (const match of text.matchAll(HASHTAG)) {
    const [whole, name = '', username = ''] = match
    const characters = Array.from(name)
    const kept = characters.slice(0, HASHTAG_MAX_CHARS).join('')
    const isCut = characters.length > HASHTAG_MAX_CHARS
    const end = match.index + (isCut ? 1 + name.length : whole.length)
    if (text[end] === '#' || !/\p{L}/u.test(kept)) continue
    found.push({
      offset: match.index,
      length: 1 + kept.length + (isCut ? 0 : username.length),
      type: 'hashtag',
    })
  }
  return found
}

const TELEGRAM_SCHEME = /(?:tonsite|ton|tg)$/i
const TELEGRAM_SCHEME_MAX_CHARS = 7
/** TDLib stops looking when no more than this is left. */
const TELEGRAM_LINK_REST_CHARS = 5

/** `tg://…` and its kin, which need neither a dot nor a gap before them. */
function findTelegramLinks(text: string): MessageEntity[] {
  const found: MessageEntity[] = []
  let from = 0
  while (text.length - from > TELEGRAM_LINK_REST_CHARS) {
    const slashes = text.indexOf('://', from)
    if (slashes < 0) break
    from = slashes + 1
    const before = text.slice(Math.max(slashes - TELEGRAM_SCHEME_MAX_CHARS, 0), slashes)
    const scheme = TELEGRAM_SCHEME.exec(before)?.[0]
    const domain = /[A-Za-z0-9_-]{1,253}/y
    domain.lastIndex = slashes + 3
    if (scheme === undefined || !domain.test(text)) continue
    from = skipPath(text, domain.lastIndex)
    found.push({ offset: slashes - scheme.length, length: from - slashes + scheme.length, type: 'url' })
  }
  return found
}
