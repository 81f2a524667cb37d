import { cleanText } from '../text/clean-text.ts'

/** How much work one rendering of a template may still do. */
export interface Budget {
  stepsLeft: number
  /** The text that was cleaned last, and what came of it. */
  dirty: string
  clean: string
}

/** A template does more work with its data than any message needs. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
}

/** About 25 ms at worst; the starter texts take some hundred steps. */
const MAX_STEPS = 20_000

export function createBudget(): Budget {
  return { stepsLeft: MAX_STEPS, dirty: '', clean: '' }
}

/** Counts work before it is done. Throws a BudgetError when too little is left for it. */
export function spend(budget: Budget, steps: number): void {
  budget.stepsLeft -= steps
  if (budget.stepsLeft < 0) throw new BudgetError('too much work')
}

/** Cleans a text, and counts it: a step takes about as long as eight characters that need it. */
export function cleanValue(text: string, budget: Budget): string {
  spend(budget, 1 + (text.length >> 3))
  // A field is often asked for, filtered and printed at once.
  if (text === budget.clean) return text
  if (text !== budget.dirty) {
    budget.clean = cleanText(text)
    budget.dirty = text
  }
  return budget.clean
}
