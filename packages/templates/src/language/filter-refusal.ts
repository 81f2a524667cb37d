import { findNearMiss } from '@postino/domain'
import { FILTERS } from '../filters/all-filters.ts'

/** Why there is no filter of this name, and what to write instead. `others` are names that are known beside FILTERS. */
export function filterRefusal(name: string, ...others: string[]): string {
  const known = NOT_OURS.get(name)
  const names = [...FILTERS.keys(), ...others].toSorted()
  if (known !== undefined) return `There is no filter “${name}”. ${known}`
  const nearest = findNearMiss(name, names)
  const way = nearest === undefined ? `There are: ${names.join(', ')}.` : `Did you mean “${nearest}”?`
  return `There is no filter “${name.slice(0, 64)}”. ${way}`
}

const ALWAYS_ESCAPED = 'Values are shown as they are, whatever they hold, and never obeyed: leave it out.'
const NO_LISTS = 'Send the list in the order and form in which it is to be shown.'
const AS_SENT = 'Send the field as it is to be shown.'

/** What nunjucks, its relatives and other shops' templates call filters. */
const NOT_OURS: ReadonlyMap<string, string> = new Map([
  ['safe', ALWAYS_ESCAPED],
  ['raw', ALWAYS_ESCAPED],
  ['escape', ALWAYS_ESCAPED],
  ['e', ALWAYS_ESCAPED],
  ['forceescape', ALWAYS_ESCAPED],
  ['striptags', ALWAYS_ESCAPED],
  ['nl2br', 'Line breaks are shown as they are: leave it out.'],
  ['title', 'Write | capitalize for a large first letter.'],
  ['count', 'Write | length.'],
  ['wordcount', 'Write | length, which counts characters and entries.'],
  ['d', 'Write | default("…").'],
  ['currency', 'Write | money.'],
  ['price', 'Write | money.'],
  ['round', 'Write | number, or | money for an amount.'],
  ['float', 'Write | number.'],
  ['int', 'Write | number.'],
  ['abs', AS_SENT],
  ['replace', AS_SENT],
  ['urlencode', AS_SENT],
  ['string', 'Values are printed as texts by themselves: leave it out.'],
  ['urlize', 'Telegram links addresses by itself; write | link("…") to show another text.'],
  ['url', 'Write | link("…").'],
  ['strftime', 'Write | date, | time, | datetime or | relative_day.'],
  ['sort', NO_LISTS],
  ['reverse', NO_LISTS],
  ['dictsort', NO_LISTS],
  ['groupby', NO_LISTS],
  ['batch', NO_LISTS],
  ['slice', NO_LISTS],
  ['select', NO_LISTS],
  ['selectattr', NO_LISTS],
  ['reject', NO_LISTS],
  ['rejectattr', NO_LISTS],
  ['random', NO_LISTS],
  ['sum', 'Send the total as a field of the event.'],
  ['center', 'Telegram shows no columns: leave it out.'],
  ['indent', 'Telegram shows no columns: leave it out.'],
  ['dump', 'Name each field that is to be shown.'],
  ['json', 'Name each field that is to be shown.'],
])
