import parser from 'nunjucks/src/parser.js'
import { explainParserError } from './explain-parser-error.ts'
import type { Place } from './template-error.ts'

/** A node of nunjucks' tree. Nothing is known of its fields: whoever reads one looks what it is. */
export interface ParserNode {
  typename: string
  place: Place
  field(name: string): unknown
}

/** Lets nunjucks parse a source that checkSource accepts. Throws a TemplateError for whatever the parser throws. */
export function parseWithNunjucks(source: string): unknown {
  try {
    return parser.parse(source, [], {})
  } catch (error) {
    throw explainParserError(error, source)
  }
}

/** The value as a node, or undefined when it is none. */
export function parserNode(value: unknown): ParserNode | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const [typename, line, column] = ['typename', 'lineno', 'colno'].map((name): unknown =>
    Reflect.get(value, name),
  )
  if (typeof typename !== 'string' || typeof line !== 'number' || typeof column !== 'number') return undefined
  return {
    typename,
    place: { line: line + 1, column: column + 1 },
    field: (name): unknown => Reflect.get(value, name),
  }
}
