import { isPlainEntityType } from '../../html/entity.ts'
import type { MessageEntity } from '../../html/entity.ts'
import { formatText } from '../../html/format-text.ts'
import type { FormattedText } from '../../world/message.ts'
import { refuse } from '../refused-error.ts'
import {
  failField,
  isObject,
  optionalString,
  requiredInteger,
  requiredObject,
  requiredString,
  within,
} from './json-object.ts'
import type { JsonObject } from './json-object.ts'

/**
 * A text or caption that was parsed. What is wrong with the parsed text is told only after the chat was looked at,
 * as the real server does; what is wrong with the markup is told at once.
 */
export type TextInput = { status: 'formatted'; value: FormattedText } | { status: 'late'; message: string }

const LIMITS = {
  text: { maxLength: 4096, kind: 'text' },
  caption: { maxLength: 1024, kind: 'caption' },
} as const

/** What a call or an InputMedia says about a text. */
export interface TextSource {
  readonly text: string
  readonly parseMode: string
  /** JSON of the entities, already read; anything but an array is ignored. */
  readonly entities: unknown
}

export function parseText(source: TextSource, kind: 'text' | 'caption'): TextInput {
  const entities = parseEntities(source.entities)
  const result = formatText({ text: source.text, parseMode: source.parseMode, entities }, LIMITS[kind])
  if (result.status === 'formatted') {
    return { status: 'formatted', value: { text: result.text, entities: result.entities } }
  }
  if (LATE.some((text) => result.description.startsWith(text))) {
    return { status: 'late', message: result.description }
  }
  return refuse(result.description)
}

const LATE = [
  'text must be non-empty',
  'message is too long',
  'message caption is too long',
  'strings must be',
]

/** @throws {RefusedError} when the text turned out to be empty or too long. */
export function requireText(input: TextInput): FormattedText {
  return input.status === 'formatted' ? input.value : refuse(input.message)
}

/** JSON of a parameter that may be missing or wrong without anybody being told. */
export function tolerantJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseEntities(entities: unknown): MessageEntity[] {
  if (!Array.isArray(entities)) return []
  return within("Can't parse MessageEntity", () =>
    entities.map(parseEntity).filter((entity) => entity !== undefined),
  )
}

function parseEntity(entity: unknown): MessageEntity | undefined {
  if (!isObject(entity)) return failField('expected an Object')
  const offset = requiredInteger(entity, 'offset')
  const length = requiredInteger(entity, 'length')
  const type = requiredString(entity, 'type')
  if (type === '') return failField('Type is not specified')
  return isPlainEntityType(type)
    ? { offset, length, type }
    : parseRichEntity(entity, type, { offset, length })
}

function parseRichEntity(
  entity: JsonObject,
  type: string,
  range: { offset: number; length: number },
): MessageEntity {
  switch (type) {
    case 'pre': {
      const language = optionalString(entity, 'language')
      return { ...range, type, ...(language === '' ? {} : { language }) }
    }
    case 'text_link':
      return { ...range, type, url: requiredString(entity, 'url') }
    case 'text_mention':
      return { ...range, type, user: { id: requiredInteger(requiredObject(entity, 'user'), 'id') } }
    case 'custom_emoji':
      return { ...range, type, custom_emoji_id: requiredString(entity, 'custom_emoji_id') }
    case 'date_time': {
      const unixTime = requiredInteger(entity, 'unix_time')
      const format = optionalString(entity, 'date_time_format')
      if (!/^([rR]|[tTdDwW]*)$/.test(format)) return failField('Invalid date-time format specified')
      return { ...range, type, unix_time: unixTime, date_time_format: format }
    }
    default:
      return failField('Unsupported type specified')
  }
}
