import type { Budget } from '../filters/budget.ts'
import type { FilterScope } from '../filters/filter.ts'
import { TemplateError } from '../language/template-error.ts'

/** What the text is for: values are escaped for Telegram's HTML, or left plain (button texts, addresses). */
export type OutputKind = 'html' | 'plain'

/** One rendering of one template: what it may read and what it has done. */
export interface TemplateRun {
  readonly data: Readonly<Record<string, unknown>>
  readonly kind: OutputKind
  readonly scope: FilterScope
  readonly budget: Budget
  /** The innermost loop that is running. */
  loop: RunningLoop | undefined
  /** What has been printed. */
  text: string
}

/** Works out a value: a text, a number, a boolean, a list or group of fields of the data, or undefined: missing. */
export type Evaluate = (run: TemplateRun) => unknown

export interface RunningLoop {
  variable: string
  value: unknown
  /** From 0. */
  index: number
  length: number
  outer: RunningLoop | undefined
}

/**
 * Markup and escaped values together: an event of 64 KiB fits in whole, even if each character is escaped. What is more than a
 * message shows is cut later, where no tag is torn.
 */
const MAX_OUTPUT_CHARS = 6 * 64 * 1024

export function write(run: TemplateRun, text: string): void {
  run.text += text
  if (run.text.length > MAX_OUTPUT_CHARS)
    throw new TemplateError('this prints far more than a message can hold')
}
