import { createBudget, createRegions, FILTERS } from '@postino/templates/bench.ts'
import nunjucks from 'nunjucks'
import { CONTEXT } from './order-message.ts'

/** nunjucks as people use it: compiled, escaping by itself, with our filters. It checks nothing, and runs whatever is written. */
export function compileWithNunjucks(source: string): () => string {
  const environment = new nunjucks.Environment(null, { autoescape: true })
  const region = createRegions()(CONTEXT.locale, CONTEXT.timeZone)
  for (const [name, filter] of FILTERS) {
    environment.addFilter(name, (value: unknown, ...filterArguments: string[]) => {
      if ((value === undefined || value === null) && filter.takesMissing !== true) return undefined
      return filter.apply(value, filterArguments, { region, nowMs: CONTEXT.nowMs, budget: createBudget() })
    })
  }
  const template = nunjucks.compile(source, environment)
  return () => template.render(CONTEXT.data)
}
