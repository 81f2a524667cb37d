import type {
  Compare,
  Expression,
  Filtered,
  ForPart,
  LinkPart,
  Path,
  PrintPart,
} from '../../language/tree.ts'
import type { FieldNode } from './catalogue.ts'
import type { BrokenStep } from './resolve-path.ts'
import type { Scope } from './scope.ts'

/** What is known of a value before there is any. */
export interface Value {
  expression: Expression
  /** What it may be: one, or several where a condition or a substitute decides. */
  kinds: readonly ValueKind[]
  /** The fields that may be missing, so that the value is. */
  lacking: readonly LackingField[]
}

/** Paths as templates write them: `payment.method` may be missing because `payment` may be. */
export interface LackingField {
  path: string
  because: string
}

export interface ValueKind {
  node: FieldNode
  /** The field it is, as templates write it; undefined for what a filter gave or the template wrote out. */
  path?: string
  /** It is what default gives in place of something missing. */
  isSubstitute?: true
}

/** What the checker comes across in a template. */
export type Observation =
  | { type: 'broken_path'; path: Path; broken: BrokenStep; scope: Scope }
  | { type: 'print'; part: PrintPart | LinkPart; value: Value }
  | { type: 'loop'; part: ForPart; value: Value; scope: Scope }
  | { type: 'filter'; filter: Filtered; input: Value; scope: Scope }
  | { type: 'compare'; compare: Compare; left: Value; right: Value }
