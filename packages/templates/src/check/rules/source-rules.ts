import type { SourceRule } from '../rule.ts'
import { capitals } from './capitals.ts'
import { exclamations } from './exclamations.ts'
import { filterArgument } from './filter-argument.ts'
import { impossibleState } from './impossible-state.ts'
import { incompleteAddress } from './incomplete-address.ts'
import { insecureAddress } from './insecure-address.ts'
import { marketingWords } from './marketing-words.ts'
import { noWayOut } from './no-way-out.ts'
import { notAnAddress } from './not-an-address.ts'
import { plainMarkup } from './plain-markup.ts'
import { sensitivePreview } from './sensitive-preview.ts'
import { textInAddress } from './text-in-address.ts'

/** What is judged by the words of a source and by what it is for. */
export const SOURCE_RULES: readonly SourceRule[] = [
  filterArgument,
  impossibleState,
  plainMarkup,
  notAnAddress,
  insecureAddress,
  textInAddress,
  incompleteAddress,
  marketingWords,
  noWayOut,
  sensitivePreview,
  capitals,
  exclamations,
]
