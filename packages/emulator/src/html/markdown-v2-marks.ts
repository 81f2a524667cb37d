import { byteOffset } from './character.ts'
import { ParseFailure } from './parse-failure.ts'

/** An entity of MarkdownV2 whose end has not come yet: where its text and its mark begin. */
export type OpenMark = { type: MarkType; language: string; offset: number; begin: number }

export type MarkType = keyof typeof NAMES

/** How TDLib names an open entity in the complaint that it never ends. */
const NAMES = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  text_link: 'TextUrl',
  custom_emoji: 'CustomEmoji',
  blockquote: 'BlockQuote',
} as const

/** The longer of two marks that begin alike comes first. */
export const OPENING_MARKS: readonly [mark: string, type: MarkType][] = [
  ['__', 'underline'],
  ['_', 'italic'],
  ['*', 'bold'],
  ['~', 'strikethrough'],
  ['||', 'spoiler'],
  ['![', 'custom_emoji'],
  ['[', 'text_link'],
]

/** A quotation has no mark at its end: the end of the line ends it. */
const CLOSING_MARKS: Partial<Record<MarkType, string>> = {
  bold: '*',
  italic: '_',
  underline: '__',
  strikethrough: '~',
  spoiler: '||',
  code: '`',
  pre: '```',
  text_link: ']',
  custom_emoji: ']',
}

/** The closing mark of `type` if it stands at `index`. Two underscores never close italic. */
export function closingMarkAt(source: string, index: number, type: MarkType): string | undefined {
  const mark = CLOSING_MARKS[type]
  if (mark === undefined || !source.startsWith(mark, index)) return undefined
  return type === 'italic' && source.startsWith('__', index) ? undefined : mark
}

export function endlessEntity(source: string, open: OpenMark): ParseFailure {
  const name = open.type === 'pre' && open.language !== '' ? 'PreCode' : NAMES[open.type]
  return new ParseFailure(`Can't find end of ${name} entity at byte offset ${byteOffset(source, open.begin)}`)
}
