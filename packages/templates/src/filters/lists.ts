import { ownField } from './own-field.ts'
import type { Filter, FilterArgument } from './filter.ts'
import { filter, FilterError, textOf } from './filter.ts'
import { takeGraphemes } from './letters.ts'

/** Longer lists are cut: nobody reads them in a chat, and a message holds 4096 characters. */
const MAX_JOINED = 100
const MAX_SEPARATOR_CHARS = 50

/** The number of entries of a list, or of visible characters of a text. */
export const length: Filter = filter((value, { region }) =>
  Array.isArray(value) ? value.length : takeGraphemes(textOf(value), Number.POSITIVE_INFINITY, region).length,
)

/** The first entry of a list, or visible character of a text. */
export const first: Filter = filter((value, { region }) =>
  Array.isArray(value) ? ownField(value, 0) : takeGraphemes(textOf(value), 1, region)[0],
)

/** The last entry of a list, or visible character of a text. */
export const last: Filter = filter((value, { region }) =>
  Array.isArray(value)
    ? ownField(value, value.length - 1)
    : takeGraphemes(textOf(value), Number.POSITIVE_INFINITY, region).at(-1),
)

/** `join`, `join(" · ")`, `join(", ", "name")`: the entries, or this field of each, with a separator between. */
export const join: Filter = {
  minArguments: 0,
  maxArguments: 2,
  apply(value, [separator = ', ', field]) {
    if (typeof separator !== 'string' || separator.length > MAX_SEPARATOR_CHARS) {
      throw new FilterError(`takes a separator in quotes, at most ${MAX_SEPARATOR_CHARS} characters long`)
    }
    return textsOf(value, field).join(separator)
  },
}

/** `list`, `list("name")`: the entries, or this field of each, as the language counts up: "a, b e c". */
export const list: Filter = {
  minArguments: 0,
  maxArguments: 1,
  apply: (value, [field], { region }) => region.formats.list().format(textsOf(value, field)),
}

function textsOf(value: unknown, field: FilterArgument | undefined): string[] {
  if (!Array.isArray(value)) throw new FilterError('takes a list')
  if (field !== undefined && typeof field !== 'string')
    throw new FilterError('takes the name of a field in quotes')
  const entries: readonly unknown[] = value
  const texts = entries
    .slice(0, MAX_JOINED)
    .map((entry) => textOf(field === undefined ? entry : fieldOf(entry, field)))
  return entries.length > MAX_JOINED ? [...texts, '…'] : texts
}

function fieldOf(entry: unknown, name: string): unknown {
  const field = ownField(entry, name)
  if (field === undefined) throw new FilterError(`finds no field ${name} in an entry of the list`)
  return field
}
