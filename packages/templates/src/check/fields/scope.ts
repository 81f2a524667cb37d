import type { Catalogue, FieldNode } from './catalogue.ts'

/** What is known where a part of a template stands. */
export interface Scope {
  catalogue: Catalogue
  /** The entries of the loops around it, by the names they have there. */
  variables: ReadonlyMap<string, FieldNode>
  /** What cannot be missing here, as conditions around it have made sure: `delivery`, `order.items[0]`. */
  present: ReadonlySet<string>
  /** The names of all loops' entries of the template: a name of one may be used outside of it by mistake. */
  loopNames: ReadonlySet<string>
}

/** The scope inside of a condition that makes sure of more. */
export function withPresent(scope: Scope, paths: Iterable<string>): Scope {
  const more = [...paths]
  return more.length === 0 ? scope : { ...scope, present: new Set([...scope.present, ...more]) }
}

/** The scope inside of a loop. A name of the same spelling outside of it is hidden, with all that is known of it. */
export function withVariable(scope: Scope, name: string, entry: FieldNode): Scope {
  const isHidden = (path: string) =>
    path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)
  return {
    ...scope,
    variables: new Map([...scope.variables, [name, entry]]),
    present: new Set([...scope.present].filter((path) => !isHidden(path))),
  }
}
