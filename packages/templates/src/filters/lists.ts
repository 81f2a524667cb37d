import type { Filter, FilterArgument, FilterScope } from './filter.ts'
import { filter, FilterError, textOf } from './filter.ts'
import { countGraphemes, lastGrapheme, takeGraphemes } from './graphemes.ts'
import { MAX_TEXT_CHARS, readField } from './read-data.ts'

/** Longer lists are cut: nobody reads them in a chat. */
const MAX_JOINED = 100
const MAX_SEPARATOR_CHARS = 50

/** The number of entries of a list, or of visible characters of a text. */
export const length: Filter = filter((value, { region }) =>
  Array.isArray(value) ? value.length : countGraphemes(textOf(value), region),
)

/** The first entry of a list, or visible character of a text. */
export const first: Filter = filter((value, { region, budget }) =>
  Array.isArray(value)
    ? readField(value, 0, budget)
    : takeGraphemes(textOf(value), { maxChars: 1 }, region) || undefined,
)

/** The last entry of a list, or visible character of a text. */
export const last: Filter = filter((value, { region, budget }) =>
  Array.isArray(value) ? readField(value, value.length - 1, budget) : lastGrapheme(textOf(value), region),
)

/** `join`, `join(" · ")`, `join(", ", "name")`: the entries, or this field of each, with a separator between. */
export const join: Filter = {
  minArguments: 0,
  maxArguments: 2,
  apply(value, [separator = ', ', field], scope) {
    if (typeof separator !== 'string' || separator.length > MAX_SEPARATOR_CHARS) {
      throw new FilterError(`takes a separator in quotes, at most ${MAX_SEPARATOR_CHARS} characters long`)
    }
    return textsOf(value, field, scope).join(separator)
  },
}

/** `list`, `list("name")`: the entries, or this field of each, as the language counts up: "a, b e c". */
export const list: Filter = {
  minArguments: 0,
  maxArguments: 1,
  apply: (value, [field], scope) => scope.region.formats.list().format(textsOf(value, field, scope)),
}

/** Ends with dots where the list does not: after so many entries, or as much text as a message holds. */
function textsOf(value: unknown, field: FilterArgument | undefined, { budget }: FilterScope): string[] {
  if (!Array.isArray(value)) throw new FilterError('takes a list')
  if (field !== undefined && typeof field !== 'string')
    throw new FilterError('takes the name of a field in quotes')
  const texts: string[] = []
  let chars = 0
  for (let index = 0; index < value.length; index += 1) {
    if (texts.length === MAX_JOINED || chars > MAX_TEXT_CHARS) return [...texts, '…']
    const entry = readField(value, index, budget)
    const shown = field === undefined ? entry : readField(entry, field, budget)
    if (field !== undefined && shown === undefined)
      throw new FilterError(`finds no field ${field} in an entry of the list`)
    const text = textOf(shown)
    texts.push(text)
    chars += text.length
  }
  return texts
}
