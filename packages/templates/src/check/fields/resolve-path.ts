import type { Path } from '../../language/tree.ts'
import { ANYTHING, type FieldNode } from './catalogue.ts'
import type { Scope } from './scope.ts'

/** What a path leads to, or where it leads nowhere. */
export type Resolution =
  | {
      status: 'known'
      node: FieldNode
      /** The part of the path, itself included, that may be missing here: the first one, or undefined. */
      lacking: string | undefined
    }
  | { status: 'unknown'; broken: BrokenStep }

/** The step at which a path ends in nothing. */
export interface BrokenStep {
  /** The path up to the step, as templates write it; empty when its very first name is unknown. */
  before: string
  /** What stands before the step; undefined when its very first name is unknown. */
  holder: FieldNode | undefined
  key: string | number
}

/** Follows a path through the fields of the kind and the entries of the loops around it. */
export function resolvePath({ root, keys }: Path, scope: Scope): Resolution {
  const variable = root === 'loop' ? LOOP : scope.variables.get(root)
  let node = variable ?? scope.catalogue.roots.get(root)
  if (node === undefined) return { status: 'unknown', broken: { before: '', holder: undefined, key: root } }
  let written = root
  const mayLack = (at: FieldNode) => at.isOptional && !scope.present.has(written)
  // The entry of a loop is there as often as the loop runs.
  let lacking = variable === undefined && mayLack(node) ? written : undefined
  for (const key of keys) {
    const next = step(node, key)
    if (next === undefined) return { status: 'unknown', broken: { before: written, holder: node, key } }
    written += writeKey(key)
    if (mayLack(next)) lacking ??= written
    node = next
  }
  return { status: 'known', node, lacking }
}

/** The path as templates write it: `order.items[0].name`. */
export function writePath({ root, keys }: Path): string {
  return root + keys.map(writeKey).join('')
}

/** The path and all it stands in: `order`, `order.items`, `order.items[0]`. */
export function prefixesOf({ root, keys }: Path): string[] {
  let written = root
  return [root, ...keys.map((key) => (written += writeKey(key)))]
}

export function writeKey(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `.${key}`
}

function step(node: FieldNode, key: string | number): FieldNode | undefined {
  if (node.type === 'anything') return node
  if (typeof key === 'number') return node.entry
  return node.members.get(key) ?? (node.isOpen === true ? ANYTHING : undefined)
}

const COUNT: FieldNode = { type: 'number', isOptional: false, members: new Map() }
const FLAG: FieldNode = { type: 'yes_no', isOptional: false, members: new Map() }

/** What the language offers of a loop; it has refused everything else. */
const LOOP: FieldNode = {
  type: 'group',
  isOptional: false,
  members: new Map([
    ...['index', 'index0', 'revindex', 'revindex0', 'length'].map((name) => [name, COUNT] as const),
    ...['first', 'last'].map((name) => [name, FLAG] as const),
  ]),
}
