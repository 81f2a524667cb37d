import type { EventKind, TemplateFinding } from '@postino/domain'
import type { Place } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import type { Region } from '../locale/region.ts'
import type { Observation } from './fields/observation.ts'
import type { Words } from './words/author-words.ts'

/** What one rule of the checker looks for. CHECKS.md lists them all. */
export interface Rule {
  code: TemplateFinding['code']
  severity: TemplateFinding['severity']
  /** What is found, as the table of all rules says it to shops. */
  about: string
}

/** A finding of a rule, in the source it was looked for in. */
export interface RuleFinding {
  /** A sentence for a shopkeeper, with the way out. Never a value of an event. */
  message: string
  place?: Place
}

/** A rule that judges what a source reads, prints, compares and loops over. */
export interface ObservationRule extends Rule {
  judge(observations: readonly Observation[], source: SourceFacts): RuleFinding[]
}

/** What a source is for, as far as it matters to what may stand in it. */
export interface SourceFacts {
  use: SourceUse
}

/** `address`: of a button or a file; `name`: of a file, or its media type; `size`: of a file, in bytes. */
export type SourceUse = 'text' | 'preview' | 'label' | 'address' | 'copy' | 'name' | 'size'

/** One source of a template, read. */
export interface SourceToJudge {
  use: SourceUse
  block: Block
  /** What the author wrote in it. */
  words: readonly Words[]
  observations: readonly Observation[]
  kind: EventKind
  /** The field that chooses among the templates of the kind; undefined where it has none. */
  statePath: string | undefined
  /** Of the template; empty for all states without a text of their own. */
  state: string
  /** The template has a line for locked phones, which is all they show. */
  hasPreview: boolean
  /** Of the template's language. */
  region: Region
}

/** A rule that judges the words of a source, too, or what it is for. */
export interface SourceRule extends Rule {
  judge(source: SourceToJudge): RuleFinding[]
}

/** A finding as the shop gets it. */
export function findingOf(
  { code, severity }: Rule,
  at: string,
  { message, place }: RuleFinding,
): TemplateFinding {
  return { severity, code, at, ...place, message }
}
