import type { TemplateFinding } from '@postino/domain'
import type { Place } from '../language/template-error.ts'
import type { Observation } from './fields/observation.ts'

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

/** `address`: of a button or a file; `hint`: what is said of a file, its name, media type or size. */
export type SourceUse = 'text' | 'preview' | 'label' | 'address' | 'copy' | 'hint'
