import type { Place } from '../language/template-error.ts'

/** Something about the author's own markup. An error keeps a template from being used; a warning does not. */
export interface MarkupFinding {
  severity: 'error' | 'warning'
  code: MarkupCode
  /** A sentence for a shopkeeper, with the way out. It repeats the author's markup at most, never a value of an event. */
  message: string
  place: Place
}

export type MarkupCode =
  | 'markup_unknown_tag'
  | 'markup_attribute'
  | 'markup_address'
  | 'markup_nesting'
  | 'markup_not_closed'
  | 'markup_closes_nothing'
  | 'markup_crosses_branch'
  | 'markup_split_tag'
  | 'markup_bracket'
  | 'markup_entity'
  | 'markup_markdown'
