import type { ProblemError } from '@postino/http'
import { conflict } from '../../problems.ts'

/** Nothing of this contact can be changed any more. */
export function gone(mergedInto: string | null): ProblemError {
  return mergedInto === null
    ? conflict('The contact was erased; add it anew if the person wants to be in the book.')
    : conflict(`The contact was merged into the contact ${mergedInto}; write to that one.`, {
        merged_into: mergedInto,
      })
}
