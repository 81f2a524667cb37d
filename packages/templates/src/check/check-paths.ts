import type { EventKind } from '@postino/domain'
import type { Block } from '../language/tree.ts'
import { createCatalogue } from './fields/catalogue.ts'
import { observe } from './fields/observe.ts'
import type { RuleFinding } from './rule.ts'
import { PATH_RULES } from './rules/observation-rules.ts'

/** Says which fields of a source do not exist for its kind; nothing when it can be rendered. Quick enough for every source that is loaded. */
export function checkPaths(block: Block, kind: EventKind): RuleFinding[] {
  const observations = observe(block, createCatalogue(kind))
  return PATH_RULES.flatMap((rule) => rule.judge(observations, { use: 'text' }))
}
