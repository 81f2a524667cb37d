import type { Block, MarkupPart } from '../language/tree.ts'
import { explainBracket } from './explain-bracket.ts'
import { decodeEntities } from './html-entities.ts'
import { closeTag, openTag, reportError, takeTag, type MarkupWalk } from './markup-walk.ts'
import { readTag } from './read-tag.ts'
import { TELEGRAM_TAGS } from './telegram-tags.ts'
import { wayOutOfEntity } from './ways-out.ts'

/** A stretch of the author's markup between two tags of the language. */
interface Stretch {
  part: MarkupPart
  /** The block it stands in, and where. */
  parts: Block
  index: number
  /** Of parts of the block, by their index: where their text goes on behind a tag of an earlier part. */
  goesOnAt: Map<number, number>
  isBranch: boolean
}

export function checkText(stretch: Stretch, walk: MarkupWalk): void {
  const { source } = stretch.part
  let position = stretch.goesOnAt.get(stretch.index) ?? 0
  while (position < source.length) {
    const next = source.indexOf('<', position)
    const end = next === -1 ? source.length : next
    checkEntities(stretch, { from: position, to: end }, walk)
    position = next === -1 ? source.length : checkTag(stretch, next, walk)
  }
}

/** Answers where the text goes on. */
function checkTag(stretch: Stretch, start: number, walk: MarkupWalk): number {
  const { part } = stretch
  const spot = { part, index: start }
  const tag = readTag(part.source, start)
  if (tag !== undefined) {
    takeTag(tag, spot, walk)
    return start + tag.length
  }
  if (takeFieldLink(stretch, start)) {
    openTag('a', spot, walk)
    return part.source.length
  }
  const next = stretch.parts[stretch.index + 1] ?? (stretch.isBranch ? 'end_of_branch' : undefined)
  const bracket = explainBracket(part.source.slice(start), next)
  reportError(walk, bracket.code, spot, bracket.message)
  // What was meant counts as written, so that one mistake is told once.
  const { meant } = bracket
  if (meant !== undefined && TELEGRAM_TAGS.has(meant.name))
    if (meant.closing) closeTag(meant.name, spot, walk)
    else openTag(meant.name, spot, walk)
  if (bracket.isSplit) skipRestOfTag(stretch)
  return start + bracket.length
}

const FIELD_LINK = /<[aA][ \t\r\n]+href="$/y
const END_OF_FIELD_LINK = /^"[ \t\r\n]*>/

/** `<a href="{{ address }}">`: the one place inside a tag where a value may stand. */
function takeFieldLink({ part, parts, index, goesOnAt }: Stretch, start: number): boolean {
  FIELD_LINK.lastIndex = start
  if (!FIELD_LINK.test(part.source) || parts[index + 1]?.type !== 'print') return false
  const rest = parts[index + 2]
  const end = rest?.type === 'markup' ? END_OF_FIELD_LINK.exec(rest.source) : null
  if (end === null) return false
  goesOnAt.set(index + 2, end[0].length)
  return true
}

function skipRestOfTag({ parts, index, goesOnAt }: Stretch): void {
  for (let later = index + 1; later < parts.length; later++) {
    const part = parts[later]
    if (part?.type !== 'markup') continue
    const end = part.source.search(/[<>]/)
    const isEnd = part.source[end] === '>'
    goesOnAt.set(later, end === -1 ? part.source.length : end + (isEnd ? 1 : 0))
    if (end !== -1) return
  }
}

const REFERENCE = /&(?:#x?[\da-fA-F]*|[a-zA-Z]+);?/g
/** What another letter or digit behind it could make a reference, or another one. */
const HALF_REFERENCE = /&[#\da-zA-Z]{0,40}$/

function checkEntities(stretch: Stretch, { from, to }: { from: number; to: number }, walk: MarkupWalk): void {
  const { part, parts, index, isBranch } = stretch
  const text = part.source.slice(from, to)
  if (!text.includes('&')) return
  const isLast = to < part.source.length || (!isBranch && index === parts.length - 1)
  const half = isLast ? -1 : text.search(HALF_REFERENCE)
  for (const { 0: entity, index: at } of text.matchAll(REFERENCE)) {
    if (at !== half && decodeEntities(entity).status === 'invalid')
      reportError(walk, 'markup_entity', { part, index: from + at }, wayOutOfEntity(entity))
  }
  if (half === -1) return
  const message = 'What follows this & could make another character of it: write &amp; for the character &.'
  reportError(walk, 'markup_entity', { part, index: from + half }, message)
}
