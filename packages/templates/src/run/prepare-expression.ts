import { spend } from '../filters/budget.ts'
import { FilterError } from '../filters/filter.ts'
import { cutText } from '../filters/read-data.ts'
import { describeExpression } from '../language/describe-expression.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Both, Choose, Compare, Expression, Filtered, IsDefined } from '../language/tree.ts'
import { compare } from './compare.ts'
import { preparePath } from './prepare-path.ts'
import type { Evaluate } from './template-run.ts'
import { isTrue } from './truth.ts'

/** Makes a function of an expression. */
export function prepareExpression(expression: Expression): Evaluate {
  switch (expression.type) {
    case 'path':
      return preparePath(expression)
    case 'filter':
      return prepareFilter(expression)
    case 'literal': {
      const value = expression.value ?? undefined
      return () => value
    }
    case 'compare':
      return prepareComparison(expression)
    case 'and':
    case 'or':
      return prepareBoth(expression)
    case 'not': {
      const evaluate = prepareExpression(expression.value)
      return (run) => !isTrue(evaluate(run))
    }
    case 'is_defined':
      return prepareIsDefined(expression)
    case 'choose':
      return prepareChoice(expression)
  }
}

/** What a call of a filter costs beside its text: formatting takes longer than other steps. */
const FILTER_STEPS = 16

/** What is missing passes by, so that printing it can name the field. */
function prepareFilter(expression: Filtered): Evaluate {
  const { filter, arguments: filterArguments } = expression
  const { takesMissing = false, steps = FILTER_STEPS } = filter
  const evaluate = prepareExpression(expression.input)
  return (run) => {
    const value = evaluate(run)
    if (value === undefined && !takesMissing) return undefined
    spend(run.budget, steps + (typeof value === 'string' ? value.length >> 3 : 0))
    try {
      const result = filter.apply(value, filterArguments, run.scope)
      return typeof result === 'string' ? cutText(result) : (result ?? undefined)
    } catch (error) {
      throw explainFilterError(error, expression)
    }
  }
}

function explainFilterError(error: unknown, { name, place }: Filtered): unknown {
  return error instanceof FilterError
    ? new TemplateError(`the filter ${name} ${error.message}`, place)
    : error
}

function prepareBoth({ type, left, right }: Both): Evaluate {
  const [evaluateLeft, evaluateRight] = [prepareExpression(left), prepareExpression(right)]
  const goesOnWhen = type === 'and'
  return (run) => {
    spend(run.budget, 1)
    const value = evaluateLeft(run)
    return isTrue(value) === goesOnWhen ? evaluateRight(run) : value
  }
}

function prepareIsDefined({ value, negated }: IsDefined): Evaluate {
  const evaluate = prepareExpression(value)
  return (run) => (evaluate(run) === undefined) === negated
}

function prepareChoice({ condition, whenTrue, otherwise }: Choose): Evaluate {
  const evaluateCondition = prepareExpression(condition)
  const evaluateTrue = prepareExpression(whenTrue)
  const evaluateOther = otherwise === undefined ? () => '' : prepareExpression(otherwise)
  return (run) => {
    spend(run.budget, 1)
    return isTrue(evaluateCondition(run)) ? evaluateTrue(run) : evaluateOther(run)
  }
}

function prepareComparison({ left, operator, right }: Compare): Evaluate {
  const [evaluateLeft, evaluateRight] = [prepareExpression(left), prepareExpression(right)]
  return (run) => {
    spend(run.budget, 1)
    const leftValue = evaluateLeft(run)
    const rightValue = evaluateRight(run)
    if (leftValue !== undefined) refuseToCompare(rightValue, right)
    if (rightValue !== undefined) refuseToCompare(leftValue, left)
    return compare(leftValue, operator, rightValue)
  }
}

function refuseToCompare(value: unknown, expression: Expression): void {
  if (typeof value !== 'object') return
  const name = describeExpression(expression)
  throw new TemplateError(`${name} holds several fields or entries: compare one of them`, expression.place)
}
