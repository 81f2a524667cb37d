import { isMap, isScalar, isSeq, Scalar, type Document, type Node, type ParsedNode } from 'yaml'

import { offsetInQuotes } from './offset-in-quotes.ts'

/** As an editor counts, from 1. */
export interface Place {
  line: number
  column: number
}

/** A place in one of the texts of a template: `at` is `text`, `preview`, `buttons.0.1.url` …; line and column are that text's. */
export interface PlaceInContent {
  at: string
  line?: number | undefined
  column?: number | undefined
}

export interface Places {
  /** Where something in the content stands in the file; of what is not there, where it would belong. */
  of(place: PlaceInContent): Place
  /** Where a field is named, or an element of a list begins. */
  ofField(path: readonly string[]): Place
  ofOffset(offset: number): Place
}

/** Finds in a file what is said of its content. */
export function createPlaces(source: string, document: Document.Parsed): Places {
  const sourceLines = source.split('\n')

  function ofOffset(offset: number): Place {
    const before = source.slice(0, offset)
    return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  }

  function ofField(path: readonly string[]): Place {
    const { key, node } = find(document.contents, path)
    return ofOffset((key ?? node)?.range?.[0] ?? 0)
  }

  function of({ at, line, column = 1 }: PlaceInContent): Place {
    const { node, key, isWhole } = find(document.contents, at === '' ? [] : at.split('.'))
    if (!isWhole || line === undefined || !isScalar(node) || typeof node.value !== 'string')
      return ofOffset((isScalar(node) ? node : (key ?? node))?.range?.[0] ?? 0)
    const [start = 0, end = 0] = node.range ?? []
    const begin = ofOffset(start)
    if (node.type === Scalar.BLOCK_LITERAL) {
      const inFile = begin.line + line
      const indent = indentOfBlock(node.value, sourceLines.slice(begin.line))
      return { line: inFile, column: column + indent }
    }
    const written = source.slice(start, end)
    if (written === node.value) return { line: begin.line, column: begin.column + column - 1 }
    // What goes over several lines between quotes, or is folded, is found by its beginning alone.
    if (!/^["'][^\n]*$/.test(written)) return begin
    return ofOffset(start + offsetInQuotes(written, indexOf(node.value, line) + column - 1))
  }

  return { of, ofField, ofOffset }
}

/** Of a line's first character, in the whole text. */
function indexOf(text: string, line: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, each) => sum + each.length + 1, 0)
}

/** How far to the right a literal block stands; `below` are the lines of the file under its first one. */
function indentOfBlock(value: string, below: readonly string[]): number {
  const lines = value.split('\n')
  const index = lines.findIndex((line) => line !== '')
  const written = (below[index] ?? '').replace(/\r$/, '')
  return Math.max(0, written.length - (lines[index] ?? '').length)
}

interface Found {
  node: Node | undefined
  /** The name of the field, where it is one. */
  key: Node | undefined
  /** Whether the path was followed to its end; else the last node on it that is there. */
  isWhole: boolean
}

function find(root: ParsedNode | null, path: readonly string[]): Found {
  let found: Found = { node: root ?? undefined, key: undefined, isWhole: true }
  for (const segment of path) {
    const next = step(found.node, segment)
    if (next === undefined) return { ...found, isWhole: false }
    found = next
  }
  return found
}

function step(node: Node | undefined, segment: string): Found | undefined {
  if (isSeq<Node>(node)) {
    const element = node.items[Number(segment)]
    return element === undefined ? undefined : { node: element, key: undefined, isWhole: true }
  }
  if (!isMap<Node, Node | null>(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment)
  return pair === undefined ? undefined : { node: pair.value ?? pair.key, key: pair.key, isWhole: true }
}
