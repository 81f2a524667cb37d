/** How much work one rendering of a template may still do. */
export interface Budget {
  stepsLeft: number
}

/** A template does more work with its data than any message needs. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
}

/** About 25 ms at worst; the starter texts take some hundred steps. */
const MAX_STEPS = 20_000

export function createBudget(): Budget {
  return { stepsLeft: MAX_STEPS }
}

/** Counts work before it is done. Throws a BudgetError when too little is left for it. */
export function spend(budget: Budget, steps: number): void {
  budget.stepsLeft -= steps
  if (budget.stepsLeft < 0) throw new BudgetError('too much work')
}

/** What going through a text costs: a step takes about as long as cleaning eight characters that need it. */
export function spendOnText(budget: Budget, text: string): void {
  spend(budget, 1 + (text.length >> 3))
}
