import type { EventKind } from '@postino/domain'
import type { Block } from '../language/tree.ts'
import { createCatalogue } from './fields/catalogue.ts'
import { observe } from './fields/observe.ts'
import type { ObservationRule, RuleFinding } from './rule.ts'
import { hiddenField } from './rules/hidden-field.ts'
import { notAList } from './rules/not-a-list.ts'
import { unknownField } from './rules/unknown-field.ts'

/** The rules every source must keep, whenever and wherever it comes from. */
export const PATH_RULES: readonly ObservationRule[] = [unknownField, hiddenField, notAList]

/** Says which fields of a source do not exist for its kind; nothing when it can be rendered. Quick enough for every source that is loaded. */
export function checkPaths(block: Block, kind: EventKind): RuleFinding[] {
  const observations = observe(block, createCatalogue(kind))
  return PATH_RULES.flatMap((rule) => rule.judge(observations, { use: 'text' }))
}
