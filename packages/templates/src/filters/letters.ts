import type { Region } from '../locale/region.ts'
import type { Filter } from './filter.ts'
import { FilterError, textFilter, textOf } from './filter.ts'
import { takeGraphemes } from './graphemes.ts'

export const upper: Filter = textFilter((text, { region }) => text.toLocaleUpperCase(region.locale))

export const lower: Filter = textFilter((text, { region }) => text.toLocaleLowerCase(region.locale))

/** The first letter large; the others stay, as a name may hold capitals. */
export const capitalize: Filter = textFilter((text, { region }) => {
  const first = takeGraphemes(text, { maxChars: 1 }, region)
  return first.toLocaleUpperCase(region.locale) + text.slice(first.length)
})

export const trim: Filter = textFilter((text) => text.trim())

/** `truncate(80)` or `truncate(80, "")`: see truncateText. */
export const truncate: Filter = {
  minArguments: 1,
  maxArguments: 2,
  apply(value, [maxChars, ending = '…'], { region }) {
    if (typeof maxChars !== 'number' || !Number.isInteger(maxChars) || maxChars < 1) {
      throw new FilterError('takes a whole number from 1 on')
    }
    if (typeof ending !== 'string' || ending.length > maxChars) {
      throw new FilterError('takes an ending in quotes, not longer than what it ends')
    }
    return truncateText(textOf(value), { maxChars, ending }, region)
  },
}

/**
 * At most `maxChars` visible characters, the ending included, cut neither inside an emoji nor between a letter and its
 * accent; and at most twice as many UTF-16 units, as one visible character can be made of thousands.
 */
export function truncateText(
  text: string,
  { maxChars, ending }: { maxChars: number; ending: string },
  region: Region,
): string {
  // A visible character has at least one UTF-16 unit, so a text this short need not be taken apart.
  if (text.length <= maxChars) return text
  const maxUnits = 2 * maxChars
  if (takeGraphemes(text, { maxChars, maxUnits }, region).length === text.length) return text
  const start = takeGraphemes(
    text,
    { maxChars: maxChars - ending.length, maxUnits: maxUnits - ending.length },
    region,
  )
  return start.trimEnd() + ending
}
