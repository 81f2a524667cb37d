import { BudgetError, createBudget, type Budget } from '../filters/budget.ts'
import type { FilterScope } from '../filters/filter.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { prepareBlock } from './prepare-block.ts'
import type { OutputKind, TemplateRun } from './template-run.ts'

/** What a template is filled with. */
export interface RunContext {
  /** As JSON holds it. It is read, never changed. */
  data: Readonly<Record<string, unknown>>
  region: FilterScope['region']
  nowMs: number
  /** Of all sources of a message together; without it each has one of its own. */
  budget?: Budget
}

/**
 * Fills a template with data. The same for the same arguments, in bounded time and of bounded length, whatever they hold. Throws
 * a TemplateError, and nothing else, when the data does not do.
 */
export type RunTemplate = (context: RunContext, kind: OutputKind) => string

/** Fills a template that is used once. */
export function runTemplate(block: Block, context: RunContext, kind: OutputKind): string {
  return prepareTemplate(block)(context, kind)
}

/**
 * Makes functions of a template's tree, one for each part, that call each other: all that can be decided before there is data is
 * decided here, once. No code is generated.
 */
export function prepareTemplate(block: Block): RunTemplate {
  const print = prepareBlock(block)
  return ({ data, region, nowMs, budget = createBudget() }, kind) => {
    const run: TemplateRun = {
      data,
      kind,
      scope: { region, nowMs, budget },
      budget,
      loop: undefined,
      text: '',
    }
    try {
      print(run)
    } catch (error) {
      throw error instanceof BudgetError
        ? new TemplateError(TOO_MUCH_WORK, undefined, { cause: error })
        : error
    }
    return run.text
  }
}

const TOO_MUCH_WORK =
  'this does more work with the data than any message needs: shorten its loops, or what filters do in them'
