import { createRequire } from 'node:module'

/** An entity of Telegram, as far as it is compared: a date without its format. */
export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  custom_emoji_id?: string
  unix_time?: number
  user?: { id: number }
}

export type Answer =
  | { status: 'parsed'; text: string; entities: Entity[] }
  | { status: 'refused'; description: string }

interface TextEntity {
  offset: number
  length: number
  type: {
    _: string
    url?: string
    language?: string
    custom_emoji_id?: string
    user_id?: number
    unix_time?: number
  }
}

type TdlibAnswer =
  | { _: 'error'; message: string }
  | { _: 'formattedText'; text: string; entities: TextEntity[] }

interface Tdl {
  configure(options: { tdjson: string; verbosityLevel: number }): void
  execute(request: { _: string; text: unknown; parse_mode?: { _: string } }): TdlibAnswer
}

export interface Tdlib {
  /** What the HTML of a call is read as. */
  parse(html: string): Answer
  /** What is left of it in a message: which entities are dropped, cut and joined. Of texts without signs of Markdown. */
  settle(html: string): Answer
}

/** Telegram's own library, which reads a text without a network. It is installed by `pnpm differential` alone. */
export function openTdlib(): Tdlib {
  const require = createRequire(import.meta.url)
  const tdl: Tdl = require('tdl')
  const prebuilt: { getTdjson(): string } = require('prebuilt-tdlib')
  tdl.configure({ tdjson: prebuilt.getTdjson(), verbosityLevel: 0 })
  const read = (html: string) =>
    tdl.execute({ _: 'parseTextEntities', text: html, parse_mode: { _: 'textParseModeHTML' } })
  return {
    parse: (html) => toAnswer(read(html)),
    settle(html) {
      const answer = read(html)
      return toAnswer(answer._ === 'error' ? answer : tdl.execute({ _: 'parseMarkdown', text: answer }))
    },
  }
}

function toAnswer(answer: TdlibAnswer): Answer {
  if (answer._ === 'error')
    return { status: 'refused', description: answer.message.replace(/^Can't/, "can't") }
  return { status: 'parsed', text: answer.text, entities: answer.entities.map(toEntity) }
}

function toEntity({ offset, length, type }: TextEntity): Entity {
  const place = { offset, length }
  const name = type._.replace('textEntityType', '')
  switch (name) {
    case 'TextUrl':
      return { ...place, type: 'text_link', url: type.url }
    case 'MentionName':
      return { ...place, type: 'text_mention', user: { id: type.user_id ?? 0 } }
    case 'CustomEmoji':
      return { ...place, type: 'custom_emoji', custom_emoji_id: type.custom_emoji_id }
    case 'DateTime':
      return { ...place, type: 'date_time', unix_time: type.unix_time }
    case 'PreCode':
      return { ...place, type: 'pre', language: type.language }
    case 'BlockQuote':
      return { ...place, type: 'blockquote' }
    case 'ExpandableBlockQuote':
      return { ...place, type: 'expandable_blockquote' }
    default:
      return { ...place, type: name.toLowerCase() }
  }
}
