import assert from 'node:assert/strict'
import { fieldsOf, hiddenFieldsOf, type EventKind, type Field, type HiddenField } from '@postino/domain'

/** A field with those below it, as paths go down. */
export interface FieldNode {
  type: Field['type']
  /** It may be missing although the group it stands in is there. */
  isOptional: boolean
  members: ReadonlyMap<string, FieldNode>
  /** Of a group that may have any other fields as well, such as `extra`. */
  isOpen?: true
  /** Of a list. */
  entry?: FieldNode
  states?: Field['states']
}

/** What the templates of a kind may read, for the checker to look up. */
export interface Catalogue {
  kind: EventKind
  roots: ReadonlyMap<string, FieldNode>
  /** Every path, outer ones first, without those of lists' entries. */
  paths: readonly string[]
  /** All of it as the domain says it. */
  fields: readonly Field[]
  /** What events carry beside it. Asked for by mistakes only. */
  hidden: () => readonly HiddenField[]
}

export function createCatalogue(kind: EventKind): Catalogue {
  const fields = fieldsOf(kind)
  let hidden: HiddenField[] | undefined
  return {
    kind,
    roots: nodesOf(fields),
    paths: fields.map(({ path }) => path),
    fields,
    hidden: () => (hidden ??= hiddenFieldsOf(kind)),
  }
}

/** What a shop keeps in `extra`: whatever a template asks of it, it may be there or not. */
export const ANYTHING: FieldNode = { type: 'anything', isOptional: true, members: new Map() }

/** What a mistake leads to, of which nothing more is said. */
export const UNKNOWN: FieldNode = { type: 'anything', isOptional: false, members: new Map() }

/** What an amount of money consists of. Templates print it with a filter, and may compare its currency. */
const MONEY_PARTS: ReadonlyMap<string, FieldNode> = new Map([
  ['amount', { type: 'text', isOptional: false, members: new Map() }],
  ['currency', { type: 'text', isOptional: false, members: new Map() }],
])

function nodesOf(fields: readonly Field[]): ReadonlyMap<string, FieldNode> {
  const roots = new Map<string, FieldNode>()
  const byPath = new Map<string, Map<string, FieldNode>>([['', roots]])
  for (const field of fields) {
    const { path, type, states } = field
    const dot = path.lastIndexOf('.')
    const siblings = byPath.get(path.slice(0, Math.max(0, dot)))
    assert(siblings !== undefined, 'groups stand before their fields')
    const members = new Map(type === 'money' ? MONEY_PARTS : [])
    byPath.set(path, members)
    siblings.set(path.slice(dot + 1), {
      // What a shop sends as `extra` is an object, and so is what it keeps as attributes.
      ...(type === 'anything' ? { type: 'group', isOpen: true } : { type }),
      isOptional: field.presence === 'optional',
      members,
      ...(field.entries && {
        entry: { type: 'group', isOptional: true, members: nodesOf(field.entries) } satisfies FieldNode,
      }),
      ...(states && { states }),
    })
  }
  return roots
}
