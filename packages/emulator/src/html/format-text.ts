import { parseInt64 } from './character.ts'
import { cleanText } from './clean-text.ts'
import { normaliseDateFormat } from './date-format.ts'
import { isSplittable, isUserEntity, type EntityKind, type MessageEntity } from './entity.ts'
import { findEntities } from './find-entities.ts'
import { linkTo } from './html-closed-tag.ts'
import { checkLink } from './link.ts'
import { addFoundEntities, fixEntities } from './merge-entities.ts'
import { parseHtml } from './parse-html.ts'
import { parseMarkdownV2 } from './parse-markdown-v2.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { isInvisible, trimText } from './trim-text.ts'

/** `kind` decides the wording and whether the text may be empty; `maxLength` counts characters after parsing. */
export type TextLimits = { maxLength: number; kind: 'text' | 'caption' }

export type FormatResult =
  | { status: 'formatted'; text: string; entities: MessageEntity[] }
  | { status: 'refused'; description: string }

const MAX_RAW_BYTES = 32_768
const MAX_OFFSET = 1_000_000
/** The server keeps this many; custom emoji and what it finds itself are not counted. */
const MAX_USER_ENTITIES = 100

/**
 * What becomes of `text` (or `caption`) with `parse_mode` or `entities` of a Bot API call: parsed, cleaned, trimmed,
 * entities merged and completed with those found in the text. Descriptions lack the `Bad Request: ` prefix.
 */
export function formatText(
  input: { text: string; parseMode?: string | undefined; entities?: MessageEntity[] | undefined },
  limits: TextLimits,
): FormatResult {
  if (limits.kind === 'text' && input.text === '') return refuse('message text is empty')
  if (Buffer.byteLength(input.text) > MAX_RAW_BYTES) return refuse('text is too long')

  const parsed = parse(input)
  if (parsed.status === 'refused') return parsed
  const checked = checkEntities(parsed.entities)
  if (!Array.isArray(checked)) return checked
  const cleaned = cleanText(parsed.text, fixEntities(checked))
  if (cleaned.status === 'refused') return cleaned

  const { text, entities } = trimText(cleaned.text, fixEntities(cleaned.entities))
  if (limits.kind === 'text' && isInvisible(text)) return refuse('text must be non-empty')
  // Characters are code points here, as in TDLib; an emoji outside the basic plane counts once.
  if (text.length > limits.maxLength && Array.from(text).length > limits.maxLength) {
    return refuse(limits.kind === 'text' ? 'message is too long' : 'message caption is too long')
  }
  return {
    status: 'formatted',
    text,
    entities: addFoundEntities(limitEntities(entities), findEntities(text)),
  }
}

const PARSERS: Record<string, typeof parseHtml> = {
  html: parseHtml,
  markdownv2: parseMarkdownV2,
  markdown: parseMarkdown,
}

type Parsed = { status: 'parsed'; text: string; entities: MessageEntity[] }
type Refused = { status: 'refused'; description: string }

function refuse(description: string): Refused {
  return { status: 'refused', description }
}

function parse(input: Parameters<typeof formatText>[0]): Parsed | Refused {
  const mode = (input.parseMode ?? '').toLowerCase()
  if (input.text === '' || mode === '' || mode === 'none') {
    if (!input.text.isWellFormed()) return refuse('strings must be encoded in UTF-8')
    return { status: 'parsed', text: input.text, entities: (input.entities ?? []).filter(isUserEntity) }
  }
  const parser = Object.hasOwn(PARSERS, mode) ? PARSERS[mode] : undefined
  if (parser === undefined) return refuse('unsupported parse_mode')
  return input.text.isWellFormed() ? parser(input.text) : refuse('text must be encoded in UTF-8')
}

/** Entities as the server checks them once more: links that Telegram takes, places within reason, none empty. */
function checkEntities(entities: MessageEntity[]): Parsed['entities'] | Refused {
  const checked: MessageEntity[] = []
  for (const entity of entities) {
    const { offset, length } = entity
    const kind = entity.type === 'text_link' ? linkTo(entity.url) : entity
    if (kind === undefined) return refuse(`entity ${describeBadLink(entity)}`)
    const problem = describeProblem(kind)
    if (problem !== undefined) return refuse(problem)
    checked.push({ ...kind, offset, length })
  }
  for (const { offset, length } of checked) {
    if (offset < 0 || offset > MAX_OFFSET) return refuse(`receive an entity with incorrect offset ${offset}`)
    if (length < 0 || length > MAX_OFFSET) return refuse(`receive an entity with incorrect length ${length}`)
  }
  return checked.filter((entity) => entity.length > 0)
}

function describeProblem(kind: EntityKind): string | undefined {
  if (kind.type === 'custom_emoji') {
    const emojiId = parseInt64(kind.custom_emoji_id)
    return emojiId === undefined || emojiId === 0n ? 'invalid custom emoji identifier specified' : undefined
  }
  if (kind.type === 'date_time') {
    if (normaliseDateFormat(kind.date_time_format) === undefined) return 'invalid date format used'
    return kind.unix_time <= 0 ? 'invalid date specified' : undefined
  }
  return undefined
}

function describeBadLink(entity: MessageEntity): string {
  const url = entity.type === 'text_link' ? entity.url : ''
  const link = checkLink(url)
  return `URL '${url}' is invalid: ${link.status === 'refused' ? link.reason : ''}`
}

/** Links, code and quotations take their places first, then bold and the like. */
function limitEntities(entities: MessageEntity[]): MessageEntity[] {
  if (entities.length <= MAX_USER_ENTITIES) return entities
  const places = { left: MAX_USER_ENTITIES }
  const takes = (entity: MessageEntity): boolean => entity.type === 'custom_emoji' || places.left-- > 0
  const kept = new Set(entities.filter((entity) => !isSplittable(entity)).filter(takes))
  for (const entity of entities.filter(isSplittable)) if (takes(entity)) kept.add(entity)
  return entities.filter((entity) => kept.has(entity))
}
