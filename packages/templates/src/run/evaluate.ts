import { spend } from '../filters/budget.ts'
import { FilterError } from '../filters/filter.ts'
import { cutText } from '../filters/read-data.ts'
import { describeExpression } from '../language/describe-expression.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Compare, Expression, Filtered } from '../language/tree.ts'
import { compare } from './compare.ts'
import { readPath } from './read-path.ts'
import type { TemplateRun } from './template-run.ts'
import { isTrue } from './truth.ts'

/** The value of an expression: a text, a number, a boolean, a list or group of fields of the data, or undefined: missing. */
export function evaluate(expression: Expression, run: TemplateRun): unknown {
  switch (expression.type) {
    case 'path':
      return readPath(expression, run)
    case 'filter':
      return applyFilter(expression, run)
    case 'literal':
      return expression.value ?? undefined
    case 'compare':
      spend(run.budget, 1)
      return evaluateComparison(expression, run)
    case 'and': {
      spend(run.budget, 1)
      const left = evaluate(expression.left, run)
      return isTrue(left) ? evaluate(expression.right, run) : left
    }
    case 'or': {
      spend(run.budget, 1)
      const left = evaluate(expression.left, run)
      return isTrue(left) ? left : evaluate(expression.right, run)
    }
    case 'not':
      spend(run.budget, 1)
      return !isTrue(evaluate(expression.value, run))
    case 'is_defined':
      spend(run.budget, 1)
      return (evaluate(expression.value, run) === undefined) === expression.negated
    case 'choose': {
      spend(run.budget, 1)
      if (isTrue(evaluate(expression.condition, run))) return evaluate(expression.whenTrue, run)
      return expression.otherwise === undefined ? '' : evaluate(expression.otherwise, run)
    }
  }
}

/** Formats of dates and amounts are made now and then, which takes longer than other steps. */
const FILTER_STEPS = 16

/** What is missing passes by, so that printing it can name the field. */
function applyFilter(expression: Filtered, run: TemplateRun): unknown {
  const { name, filter, input, place } = expression
  const value = evaluate(input, run)
  if (value === undefined && filter.takesMissing !== true) return undefined
  spend(run.budget, FILTER_STEPS + (typeof value === 'string' ? value.length >> 3 : 0))
  try {
    const result = filter.apply(value, expression.arguments, run.scope)
    return typeof result === 'string' ? cutText(result) : (result ?? undefined)
  } catch (error) {
    if (error instanceof FilterError) throw new TemplateError(`the filter ${name} ${error.message}`, place)
    throw error
  }
}

function evaluateComparison({ left, operator, right }: Compare, run: TemplateRun): boolean {
  const leftValue = evaluate(left, run)
  const rightValue = evaluate(right, run)
  if (leftValue !== undefined) refuseToCompare(rightValue, right)
  if (rightValue !== undefined) refuseToCompare(leftValue, left)
  return compare(leftValue, operator, rightValue)
}

function refuseToCompare(value: unknown, expression: Expression): void {
  if (typeof value !== 'object') return
  const name = describeExpression(expression)
  throw new TemplateError(`${name} holds several fields or entries: compare one of them`, expression.place)
}
