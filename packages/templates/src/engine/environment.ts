import { FILTERS } from '../filters/all-filters.ts'
import type { Filter, FilterArgument } from '../filters/filter.ts'
import { FilterError } from '../filters/filter.ts'
import type { Environment } from './nunjucks-internals.ts'
import { nunjucksInternals } from './nunjucks-internals.ts'
import { TemplateError } from '../language/template-error.ts'
import type { TemplateRun } from './template-run.ts'

/**
 * An Environment of nunjucks with our filters and two tests, and without loaders, globals and everything it brings
 * along. The tables have no prototype: nunjucks would find `constructor` and `valueOf` there and take them for filters.
 */
export function createEnvironment(autoescape: boolean): Environment {
  const { Environment } = nunjucksInternals()
  const environment = new Environment([], { autoescape, throwOnUndefined: true })
  environment.globals = withoutPrototype([])
  environment.filters = withoutPrototype([...FILTERS].map(([name, filter]) => [name, callable(name, filter)]))
  environment.tests = withoutPrototype([
    ['defined', (value: unknown) => !isMissing(value)],
    ['undefined', isMissing],
  ])
  return environment
}

/** JSON's null is as missing as a field that is not there. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

/** A filter as generated code calls it. What is missing passes by, so that printing it can name the field. */
function callable(name: string, filter: Filter) {
  return function applyFilter(
    this: TemplateRun,
    value: unknown,
    ...filterArguments: FilterArgument[]
  ): unknown {
    if (isMissing(value) && filter.takesMissing !== true) return undefined
    try {
      return filter.apply(value, filterArguments, this.scope)
    } catch (error) {
      if (error instanceof FilterError) throw new TemplateError(`the filter ${name} ${error.message}`)
      throw error
    }
  }
}

function withoutPrototype(entries: readonly (readonly [string, unknown])[]): object {
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}
