import type { ParserNode } from './parser-node.ts'
import { TemplateError } from './template-error.ts'
import type { Literal } from './tree.ts'

const MAX_NUMBER = 1e12
const MAX_TEXT_CHARS = 500

/** The value of a literal. */
export function readLiteral(node: ParserNode): Literal['value'] {
  const { place } = node
  const value = node.field('value')
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (Number.isFinite(value) && Math.abs(value) < MAX_NUMBER) return value
    throw new TemplateError('A number written out has at most twelve digits before the point.', place)
  }
  if (typeof value !== 'string')
    throw new TemplateError('Only texts in quotes, numbers, true, false and none can be written out.', place)
  if (value.length > MAX_TEXT_CHARS)
    throw new TemplateError(`A text in quotes has at most ${MAX_TEXT_CHARS} characters.`, place)
  return value
}
