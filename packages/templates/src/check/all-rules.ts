import { ACROSS_RULES } from './check-templates.ts'
import { REHEARSAL_RULES } from './rehearsal/rehearsal-rules.ts'
import type { Rule } from './rule.ts'
import { content } from './rules/content.ts'
import { language } from './rules/language.ts'
import { MARKUP_RULES } from './rules/markup-rules.ts'
import { OBSERVATION_RULES } from './rules/observation-rules.ts'
import { SOURCE_RULES } from './rules/source-rules.ts'
import { unknownKind } from './rules/unknown-kind.ts'
import { unknownState } from './rules/unknown-state.ts'

/** Everything the checker can say, for CHECKS.md. */
export const ALL_RULES: readonly Rule[] = [
  language,
  ...MARKUP_RULES,
  ...OBSERVATION_RULES,
  ...SOURCE_RULES,
  ...REHEARSAL_RULES,
  content,
  unknownKind,
  unknownState,
  ...ACROSS_RULES,
]
