import type { FilterScope } from '../filters/filter.ts'
import { BudgetError, createBudget } from '../filters/budget.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { printBlock } from './print-block.ts'
import type { OutputKind } from './template-run.ts'

export interface RunContext {
  /** As JSON holds it. It is read, never changed. */
  data: Readonly<Record<string, unknown>>
  region: FilterScope['region']
  nowMs: number
}

/**
 * Fills a template with data. The same for the same arguments, in bounded time and of bounded length, whatever they hold. Throws
 * a TemplateError, and nothing else, when the data does not do.
 */
export function runTemplate(block: Block, { data, region, nowMs }: RunContext, kind: OutputKind): string {
  const budget = createBudget()
  const run = { data, kind, scope: { region, nowMs, budget }, budget, loop: undefined, text: '' }
  try {
    printBlock(block, run)
  } catch (error) {
    if (error instanceof BudgetError)
      throw new TemplateError(
        'this does more work with the data than any message needs: loops, or filters of long texts',
      )
    throw error
  }
  return run.text
}
