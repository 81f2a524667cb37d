import type { Region } from '../locale/region.ts'
import type { Filter } from './filter.ts'
import { FilterError, textFilter, textOf } from './filter.ts'

export const upper: Filter = textFilter((text, { region }) => text.toLocaleUpperCase(region.locale))

export const lower: Filter = textFilter((text, { region }) => text.toLocaleLowerCase(region.locale))

/** The first letter large; the others stay, as a name may hold capitals. */
export const capitalize: Filter = textFilter((text, { region }) => {
  const [first = ''] = takeGraphemes(text, 1, region)
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
  limit: { maxChars: number; ending: string },
  region: Region,
): string {
  const { maxChars, ending } = limit
  // A visible character has at least one UTF-16 unit, so a text this short need not be taken apart.
  if (text.length <= maxChars || startOf(text, maxChars, region).length === text.length) return text
  return startOf(text, maxChars - ending.length, region).trimEnd() + ending
}

function startOf(text: string, maxChars: number, region: Region): string {
  const maxUnits = 2 * maxChars
  let units = 0
  let chars = 0
  for (const { segment } of region.formats.graphemes().segment(text)) {
    if (chars === maxChars || units + segment.length > maxUnits) break
    units += segment.length
    chars += 1
  }
  return text.slice(0, units)
}

/** The visible characters of a text, at most `maxChars`; stops reading there, as taking texts apart is slow. */
export function takeGraphemes(text: string, maxChars: number, region: Region): string[] {
  const taken: string[] = []
  for (const { segment } of region.formats.graphemes().segment(text)) {
    if (taken.length === maxChars) break
    taken.push(segment)
  }
  return taken
}
