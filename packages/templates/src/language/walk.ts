import { lineStartsOf } from './place-at.ts'
import type { ParserNode } from './parser-node.ts'
import { parserNode } from './parser-node.ts'
import { refusalOf } from './refusals.ts'
import type { Place } from './template-error.ts'
import { TemplateError } from './template-error.ts'

/** What the translation of one template keeps in mind on its way. */
export interface Walk {
  source: string
  lineStarts: readonly number[]
  nodes: number
  depth: number
  loops: number
}

const MAX_NODES = 1500

/** Deeper templates are nobody's. The bound keeps all recursion over our tree small. */
const MAX_DEPTH = 24

export function beginWalk(source: string): Walk {
  return { source, lineStarts: lineStartsOf(source), nodes: 0, depth: 0, loops: 0 }
}

/** Counts a node on its way in, runs `translate`, and counts it on its way out. */
export function within<Result>(walk: Walk, { place }: ParserNode, translate: () => Result): Result {
  walk.nodes += 1
  walk.depth += 1
  if (walk.nodes > MAX_NODES)
    throw new TemplateError('The template has too many parts. Make it shorter.', place)
  if (walk.depth > MAX_DEPTH) throw new TemplateError('This is nested too deeply. Make it simpler.', place)
  const result = translate()
  walk.depth -= 1
  return result
}

/** The node in a field of another one. */
export function nodeIn(holder: ParserNode, field: string): ParserNode {
  const node = parserNode(holder.field(field))
  if (node === undefined) throw refused(holder)
  return node
}

/** The nodes in a field of another one that holds several. */
export function nodesIn(holder: ParserNode, field = 'children'): ParserNode[] {
  const list = holder.field(field)
  if (!Array.isArray(list)) throw refused(holder)
  return list.map((value: unknown) => {
    const node = parserNode(value)
    if (node === undefined) throw refused(holder)
    return node
  })
}

/** Texts in the quotes of books are names to the parser. */
export function quoteProblem(name: unknown): string | undefined {
  return typeof name === 'string' && /^[“”„«‘’]/.test(name)
    ? 'Texts stand in plain quotes: "a" or \'a\'.'
    : undefined
}

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** The name, when it may be that of a field or a loop's entry. */
export function nameOf(name: unknown, place: Place): string {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new TemplateError(
      quoteProblem(name) ??
        'Names consist of letters without accents, digits and _, and begin with a letter.',
      place,
    )
  }
  // Our look-ups find own fields only; this is said for whoever reads the template with less care.
  if (Reflect.has(Object.prototype, name)) throw new TemplateError(`No field can be called “${name}”.`, place)
  return name
}

export function refused(node: ParserNode): TemplateError {
  return new TemplateError(refusalOf(node), node.place)
}
