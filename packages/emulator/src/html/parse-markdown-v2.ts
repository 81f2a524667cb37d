import { unitAt } from './character.ts'
import { compareEntities, type EntityKind, type MessageEntity } from './entity.ts'
import { linkTo } from './html-closed-tag.ts'
import { emojiOrTime, escapedAt, readAddress } from './markdown-v2-address.ts'
import { closingMarkAt, endlessEntity, OPENING_MARKS, type OpenMark } from './markdown-v2-marks.ts'
import { ParseFailure, parseOrRefuse, type ParseResult } from './parse-failure.ts'
import { readBlockHead } from './parse-markdown.ts'

/** The MarkdownV2 parse mode. Follows TDLib; offsets in descriptions are UTF-8 bytes of the source. */
export function parseMarkdownV2(source: string): ParseResult {
  return parseOrRefuse(() => parse(source))
}

type State = {
  source: string
  index: number
  text: string
  entities: MessageEntity[]
  open: OpenMark[]
  isInBlockquote: boolean
  canStartBlockquote: boolean
}

const RESERVED = '_*[]()~`>#+-=|{}.!\n'

function parse(source: string): { text: string; entities: MessageEntity[] } {
  const state: State = {
    source,
    index: 0,
    text: '',
    entities: [],
    open: [],
    isInBlockquote: false,
    canStartBlockquote: true,
  }
  for (; state.index < source.length; state.index++) step(state)
  endLastBlockquote(state)
  const unclosed = state.open.at(-1)
  if (unclosed !== undefined) throw endlessEntity(source, unclosed)
  return { text: state.text, entities: state.entities.sort(compareEntities) }
}

function step(state: State): void {
  const { source, index } = state
  const unit = unitAt(source, index)
  const escaped = escapedAt(source, index)
  if (escaped !== undefined) {
    state.index++
    addLineText(state, escaped)
    return
  }
  const innermost = state.open.at(-1)
  const isInCode = innermost?.type === 'code' || innermost?.type === 'pre'
  if (!(isInCode ? '`' : RESERVED).includes(unit)) {
    // A line feed inside code comes here too: no quotation begins behind it.
    state.text += unit
    if (unit !== '\r') state.canStartBlockquote = false
    return
  }
  const isLineEnd = state.isInBlockquote && unit === '\n' && unitAt(source, index + 1) !== '>'
  const mark = innermost === undefined ? undefined : closingMarkAt(source, index, innermost.type)
  if (innermost !== undefined && isLineEnd) endBlockquote(state, innermost)
  else if (innermost !== undefined && mark !== undefined) endEntity(state, innermost, mark)
  else beginEntity(state, unit)
}

function addLineText(state: State, unit: string): void {
  state.text += unit
  if (unit !== '\r') state.canStartBlockquote = unit === '\n'
}

function beginEntity(state: State, unit: string): void {
  const { source, index: begin } = state
  const opening = { begin, language: '', offset: state.text.length }
  const found = OPENING_MARKS.find(([mark]) => source.startsWith(mark, begin))
  if (found !== undefined) {
    state.index += found[0].length - 1
    state.open.push({ ...opening, type: found[1] })
  } else if (source.startsWith('```', begin)) {
    const head = readBlockHead(source, begin + 3)
    state.index = head.start - 1
    state.open.push({ ...opening, type: 'pre', language: head.language })
  } else if (unit === '`') {
    state.open.push({ ...opening, type: 'code' })
  } else if (unit === '\n') {
    addLineText(state, unit)
  } else if (unit === '>' && state.canStartBlockquote) {
    if (!state.isInBlockquote) state.open.push({ ...opening, type: 'blockquote' })
    state.isInBlockquote = true
  } else {
    throw new ParseFailure(`Character '${unit}' is reserved and must be escaped with the preceding '\\'`)
  }
}

function endEntity(state: State, innermost: OpenMark, mark: string): void {
  const length = state.text.length - innermost.offset
  state.index += mark.length - 1
  const kind = readKind(state, innermost)
  if (kind !== undefined && length > 0) state.entities.push({ offset: innermost.offset, length, ...kind })
  state.open.pop()
}

/** Reads on over the address of a link; the index then stands at its parenthesis. */
function readKind(state: State, innermost: OpenMark): EntityKind | undefined {
  const { type, language } = innermost
  if (type === 'pre') return language === '' ? { type } : { type, language }
  if (type !== 'text_link' && type !== 'custom_emoji') return { type }
  const read = readAddress(state.source, state.index)
  if (read !== undefined) state.index = read.end
  if (type === 'custom_emoji') return emojiOrTime(read?.address)
  return linkTo(read?.address ?? state.text.slice(innermost.offset))
}

/** `||` right before the end of a quotation makes it expandable, as no spoiler begins there. */
function endBlockquote(state: State, innermost: OpenMark): void {
  const { source, index } = state
  let isExpandable = false
  if (innermost.type === 'spoiler') {
    const afterMark = innermost.begin + 2
    isExpandable = afterMark === index || (afterMark === index - 1 && state.text.endsWith('\r'))
    if (!isExpandable) throw endlessEntity(source, innermost)
    state.open.pop()
  }
  const quote = state.open.at(-1)
  if (quote?.type !== 'blockquote') throw endlessEntity(source, quote ?? innermost)
  state.open.pop()
  state.isInBlockquote = false
  addLineText(state, unitAt(source, index))
  pushBlockquote(state, quote, isExpandable)
}

function endLastBlockquote(state: State): void {
  if (!state.isInBlockquote) return
  const innermost = state.open.at(-1)
  const isExpandable = innermost?.type === 'spoiler' && innermost.begin === state.source.length - 2
  if (isExpandable) state.open.pop()
  const quote = state.open.at(-1)
  if (quote?.type !== 'blockquote') return
  state.open.pop()
  pushBlockquote(state, quote, isExpandable)
}

function pushBlockquote(state: State, quote: OpenMark, isExpandable: boolean): void {
  const length = state.text.length - quote.offset
  const type = isExpandable ? 'expandable_blockquote' : 'blockquote'
  if (length > 0) state.entities.push({ offset: quote.offset, length, type })
}
