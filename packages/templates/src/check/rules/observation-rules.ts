import type { ObservationRule } from '../rule.ts'
import { filterInput, filterMayFail } from './filter-input.ts'
import { hiddenField } from './hidden-field.ts'
import { impossibleComparison } from './impossible-comparison.ts'
import { listField } from './list-field.ts'
import { missingFallback } from './missing-fallback.ts'
import { notAList } from './not-a-list.ts'
import { rawValue } from './raw-value.ts'
import { unknownField } from './unknown-field.ts'
import { wholeCompared } from './whole-compared.ts'
import { wholeValue } from './whole-value.ts'

/** What every source must keep, whenever and wherever it comes from. */
export const PATH_RULES: readonly ObservationRule[] = [unknownField, hiddenField, notAList]

/** What is judged by what a source reads, prints, compares and loops over. */
export const OBSERVATION_RULES: readonly ObservationRule[] = [
  ...PATH_RULES,
  wholeValue,
  wholeCompared,
  filterInput,
  filterMayFail,
  listField,
  missingFallback,
  impossibleComparison,
  rawValue,
]
