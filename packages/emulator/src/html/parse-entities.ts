import { parseInt64 } from './character.ts'
import { normaliseDateFormat } from './date-format.ts'
import { isPlainEntityType, type EntityKind, type MessageEntity } from './entity.ts'
import { ParseFailure } from './parse-failure.ts'

export type EntitiesResult =
  | { status: 'parsed'; entities: MessageEntity[] }
  | { status: 'refused'; description: string }

/**
 * `entities` or `caption_entities` of a call, as decoded from JSON. What is no list counts as none, as on the real
 * server. Descriptions lack the `Bad Request: ` prefix.
 */
export function parseEntities(value: unknown): EntitiesResult {
  if (!Array.isArray(value)) return { status: 'parsed', entities: [] }
  try {
    return { status: 'parsed', entities: value.map(parseEntity) }
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error
    return { status: 'refused', description: `can't parse MessageEntity: ${error.message}` }
  }
}

type Fields = Record<string, unknown>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseEntity(value: unknown): MessageEntity {
  if (!isFields(value)) throw new ParseFailure('expected an Object')
  const offset = Number(getInteger(value, 'offset', 32))
  const length = Number(getInteger(value, 'length', 32))
  return { offset, length, ...parseKind(value) }
}

function parseKind(fields: Fields): EntityKind {
  const type = getString(fields, 'type')
  if (type === '') throw new ParseFailure('Type is not specified')
  if (isPlainEntityType(type)) return { type }
  switch (type) {
    case 'pre': {
      const language = fields['language'] === undefined ? '' : getString(fields, 'language')
      return language === '' ? { type } : { type, language }
    }
    case 'text_link':
      return { type, url: getString(fields, 'url') }
    case 'text_mention':
      return { type, user: { id: Number(getInteger(getUser(fields), 'id', 64)) } }
    case 'custom_emoji':
      return { type, custom_emoji_id: getInteger(fields, 'custom_emoji_id', 64).toString() }
    case 'date_time':
      return parseDateTime(fields)
    default:
      throw new ParseFailure('Unsupported type specified')
  }
}

function parseDateTime(fields: Fields): EntityKind {
  const unixTime = Number(getInteger(fields, 'unix_time', 32))
  const written = fields['date_time_format'] === undefined ? '' : getString(fields, 'date_time_format')
  // Here the later of two letters for one part wins, unlike in HTML.
  const format = normaliseDateFormat(keepLast(keepLast(written, /[tT]/g), /[dD]/g))
  if (format === undefined) throw new ParseFailure('Invalid date-time format specified')
  return { type: 'date_time', unix_time: unixTime, date_time_format: format }
}

function keepLast(text: string, letters: RegExp): string {
  const found = Array.from(text.matchAll(letters))
  return found.slice(0, -1).reduce((rest, match) => rest.replace(match[0], ''), text)
}

function getUser(fields: Fields): Fields {
  const user = fields['user']
  if (user === undefined) throw new ParseFailure(`Can't find field "user"`)
  if (!isFields(user)) throw new ParseFailure('Field "user" must be of type Object')
  return user
}

/** The Bot API takes numbers written as strings and strings written as numbers. */
function getString(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined) throw new ParseFailure(`Can't find field "${name}"`)
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ParseFailure(`Field "${name}" must be of type String`)
  }
  return String(value)
}

function getInteger(fields: Fields, name: string, bits: 32 | 64): bigint {
  const value = fields[name]
  if (value === undefined) throw new ParseFailure(`Can't find field "${name}"`)
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ParseFailure(`Field "${name}" must be a Number`)
  }
  const integer = parseInt64(String(value))
  if (integer === undefined || BigInt.asIntN(bits, integer) !== integer) {
    throw new ParseFailure(`Field "${name}" must be a valid Number`)
  }
  return integer
}
