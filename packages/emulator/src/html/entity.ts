/**
 * A formatted stretch of text, as the Bot API spells it (https://core.telegram.org/bots/api#messageentity).
 * `offset` and `length` count UTF-16 units.
 */
export type MessageEntity = { offset: number; length: number } & EntityKind

export type EntityKind =
  | { type: PlainEntityType }
  | { type: 'pre'; language?: string }
  | { type: 'text_link'; url: string }
  | { type: 'text_mention'; user: MentionedUser }
  | { type: 'custom_emoji'; custom_emoji_id: string }
  | { type: 'date_time'; unix_time: number; date_time_format: string }

/** A parser knows only the id of a mentioned user; who answers a call adds the rest of the User object. */
export type MentionedUser = {
  id: number
  is_bot?: boolean
  first_name?: string
  last_name?: string
  username?: string
  language_code?: string
}

type EntityType = EntityKind['type']

const PLAIN_TYPES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
] as const

export type PlainEntityType = (typeof PLAIN_TYPES)[number]

export function isPlainEntityType(type: string): type is PlainEntityType {
  const types: readonly string[] = PLAIN_TYPES
  return types.includes(type)
}

/** Types that may be cut into pieces and joined again, in the order in which pieces at one place are listed. */
export const SPLITTABLE_TYPES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'] as const

export type SplittableType = (typeof SPLITTABLE_TYPES)[number]
export type SplittableEntity = MessageEntity & { type: SplittableType }

export function isSplittable(entity: MessageEntity): entity is SplittableEntity {
  const types: readonly string[] = SPLITTABLE_TYPES
  return types.includes(entity.type)
}

export function isBlockquote(entity: MessageEntity): boolean {
  return entity.type === 'blockquote' || entity.type === 'expandable_blockquote'
}

/** Nothing may be nested in these, and they may stand in nothing but a quotation. */
export function isPreformatted(entity: MessageEntity): boolean {
  return entity.type === 'pre' || entity.type === 'code' || entity.type === 'date_time'
}

const FOUND_BY_SERVER: ReadonlySet<EntityType> = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
])

/** Whether a bot may ask for the entity; the others are found in the text by Telegram alone. */
export function isUserEntity(entity: MessageEntity): boolean {
  return !FOUND_BY_SERVER.has(entity.type)
}

/** Order of entities in an answer: by offset, the longer first, then by how a type nests (TDLib's priorities). */
export function compareEntities(left: MessageEntity, right: MessageEntity): number {
  return left.offset - right.offset || right.length - left.length || nestingRank(left) - nestingRank(right)
}

export function entityEnd(entity: MessageEntity): number {
  return entity.offset + entity.length
}

const NESTING_RANKS: Partial<Record<EntityType, number>> = {
  blockquote: 0,
  expandable_blockquote: 0,
  code: 20,
  date_time: 30,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
}

function nestingRank(entity: MessageEntity): number {
  if (entity.type === 'pre') return entity.language === undefined ? 11 : 10
  return NESTING_RANKS[entity.type] ?? 50
}
