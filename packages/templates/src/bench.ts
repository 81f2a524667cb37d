// Parts of a renderer, for the bench to measure one by one. Nobody else needs them apart.
export { EXHAUSTING_DATA } from './attacks/exhausting-data.ts'
export { EXHAUSTING_SOURCES } from './attacks/exhausting-sources.ts'
export { attempt } from './attacks/attempt.ts'
export { FILTERS } from './filters/all-filters.ts'
export { createBudget } from './filters/budget.ts'
export { readTemplate } from './language/read-template.ts'
export { createRegions } from './locale/region.ts'
export { prepareTemplate } from './run/run-template.ts'
