import { findNearMiss } from '@postino/domain'
import type { FieldNode } from './catalogue.ts'
import type { Observation } from './observation.ts'
import { writeKey } from './resolve-path.ts'

type Broken = Extract<Observation, { type: 'broken_path' }>

/** The field most likely meant by one that does not exist, or undefined when none is near. */
export function suggestPath(broken: Broken): string | undefined {
  const nearest = findNearest(broken)
  // A name is a group of two; the given one is what people say.
  const givenName = `${nearest}.first`
  return broken.scope.catalogue.paths.includes(givenName) ? givenName : nearest
}

function findNearest({ path, broken, scope }: Broken): string | undefined {
  const { before, holder, key } = broken
  if (holder !== undefined && holder.type !== 'group') return undefined
  const siblings = holder?.members ?? new Map([...scope.variables, ...scope.catalogue.roots])
  const sibling = findNearMiss(String(key), [...siblings.keys()])
  if (sibling !== undefined) {
    const rest = restOf(siblings.get(sibling), path.keys.slice(before === '' ? 0 : depthOf(before)))
    return (before === '' ? sibling : `${before}.${sibling}`) + rest
  }
  const candidates = [...variablePaths(scope.variables), ...scope.catalogue.paths]
  const lastKey = String(path.keys.at(-1) ?? path.root)
  return (
    // The right name in the wrong group, the nearest group first.
    candidates.find((candidate) => lastName(candidate) === lastKey && isBelow(candidate, path.root)) ??
    candidates.find((candidate) => lastName(candidate) === lastKey) ??
    nearestByLastName(lastKey, candidates) ??
    // `firstname` for `first`.
    candidates.find((candidate) => isBelow(candidate, path.root) && beginsWith(lastKey, lastName(candidate)))
  )
}

/** What follows the mended name, mended as well, as far as something like it exists there. */
function restOf(node: FieldNode | undefined, keys: readonly (string | number)[]): string {
  const [key, ...others] = keys
  if (node === undefined || key === undefined) return ''
  if (typeof key === 'number')
    return node.entry === undefined ? '' : writeKey(key) + restOf(node.entry, others)
  const name = node.members.has(key) ? key : findNearMiss(key, [...node.members.keys()])
  return name === undefined ? '' : writeKey(name) + restOf(node.members.get(name), others)
}

/** How many keys lead to the step behind `order.items[0]`: the root is none. */
function depthOf(before: string): number {
  return before.split(/[.[]/).length
}

function nearestByLastName(name: string, candidates: readonly string[]): string | undefined {
  const nearest = findNearMiss(name, [...new Set(candidates.map(lastName))])
  return candidates.find((candidate) => lastName(candidate) === nearest)
}

function variablePaths(variables: ReadonlyMap<string, FieldNode>): string[] {
  return [...variables].flatMap(([name, { members }]) => [...members.keys()].map((key) => `${name}.${key}`))
}

function beginsWith(name: string, shorter: string): boolean {
  return shorter.length >= 4 && name.toLowerCase().startsWith(shorter)
}

function isBelow(path: string, root: string): boolean {
  return path.startsWith(`${root}.`)
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
