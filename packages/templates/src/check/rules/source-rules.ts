import type { SourceRule } from '../rule.ts'
import { incompleteAddress, insecureAddress, notAnAddress, textInAddress } from './addresses.ts'
import { capitals } from './capitals.ts'
import { exclamations } from './exclamations.ts'
import { marketingWords } from './marketing-words.ts'
import { noWayOut } from './no-way-out.ts'
import { plainMarkup } from './plain-markup.ts'
import { sensitivePreview } from './sensitive-preview.ts'

/** What is judged by the words of a source and by what it is for. */
export const SOURCE_RULES: readonly SourceRule[] = [
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
