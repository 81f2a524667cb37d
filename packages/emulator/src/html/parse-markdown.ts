import { byteOffset, isSpace, unitAt } from './character.ts'
import type { EntityKind, MessageEntity } from './entity.ts'
import { linkTo } from './html-closed-tag.ts'
import { ParseFailure, parseOrRefuse, type ParseResult } from './parse-failure.ts'

/** The legacy Markdown parse mode: `*bold*`, `_italic_`, code, links, nothing nested. Follows TDLib. */
export function parseMarkdown(source: string): ParseResult {
  return parseOrRefuse(() => parse(source))
}

function parse(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = []
  let text = ''
  let index = 0
  while (index < source.length) {
    const unit = unitAt(source, index)
    if (unit === '\\' && '_*`['.includes(unitAt(source, index + 1))) {
      text += unitAt(source, index + 1)
      index += 2
    } else if ('_*`['.includes(unit)) {
      const found = readEntity(source, index)
      if (found.inner !== '' && found.kind !== undefined) {
        entities.push({ offset: text.length, length: found.inner.length, ...found.kind })
      }
      text += found.inner
      index = found.end
    } else {
      text += unit
      index++
    }
  }
  return { text, entities }
}

type Found = { inner: string; kind: EntityKind | undefined; end: number }

function readEntity(source: string, begin: number): Found {
  const unit = unitAt(source, begin)
  if (source.startsWith('```', begin)) return readBlock(source, begin)
  const end = findEnd(source, begin, { from: begin + 1, mark: unit === '[' ? ']' : unit })
  const inner = source.slice(begin + 1, end)
  if (unit === '_') return { inner, kind: { type: 'italic' }, end: end + 1 }
  if (unit === '*') return { inner, kind: { type: 'bold' }, end: end + 1 }
  if (unit === '`') return { inner, kind: { type: 'code' }, end: end + 1 }
  if (inner === '' || unitAt(source, end + 1) !== '(') return { inner, kind: linkTo(inner), end: end + 1 }
  const close = source.indexOf(')', end + 2)
  const url = source.slice(end + 2, close < 0 ? source.length : close)
  return { inner, kind: linkTo(url), end: close < 0 ? source.length : close + 1 }
}

function readBlock(source: string, begin: number): Found {
  const { language, start } = readBlockHead(source, begin + 3)
  const end = findEnd(source, begin, { from: start, mark: '```' })
  const kind: EntityKind = language === '' ? { type: 'pre' } : { type: 'pre', language }
  return { inner: source.slice(start, end), kind, end: end + 3 }
}

/** Reads the language behind three backticks, and the one line break that does not count. */
export function readBlockHead(source: string, from: number): { language: string; start: number } {
  let languageEnd = from
  while (!isSpace(unitAt(source, languageEnd)) && unitAt(source, languageEnd) !== '`') languageEnd++
  const isLanguage = languageEnd < source.length && unitAt(source, languageEnd) !== '`'
  const language = isLanguage ? source.slice(from, languageEnd) : ''
  const start = isLanguage ? languageEnd : from
  const lineBreak = /\r\n|\n\r|\n|\r/y
  lineBreak.lastIndex = start
  return { language, start: start + (lineBreak.exec(source)?.[0].length ?? 0) }
}

function findEnd(source: string, begin: number, search: { from: number; mark: string }): number {
  const end = source.indexOf(search.mark, search.from)
  if (end >= 0) return end
  throw new ParseFailure(`Can't find end of the entity starting at byte offset ${byteOffset(source, begin)}`)
}
