import type { Filter, FilterArgument } from './filter.ts'
import { FilterError } from './filter.ts'

/** The order in which a template gives its forms. A category beyond them takes the last one. */
const CATEGORIES: readonly Intl.LDMLPluralRule[] = ['one', 'few', 'many', 'other']

/**
 * `{{ n | plural("articolo", "articoli") }}`; in Ukrainian `plural("товар", "товари", "товарів")`, and a fourth form for
 * fractions. Gives the word alone, chosen by the rules of the reader's language.
 */
export const plural: Filter = {
  minArguments: 2,
  maxArguments: 4,
  apply(value, forms, { region }) {
    const category = region.formats.plural().select(countOf(value))
    return formOf(forms[CATEGORIES.indexOf(category)] ?? forms.at(-1))
  },
}

function countOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string' && /^\d{1,15}(?:\.\d{1,6})?$/.test(value)) return Number(value)
  throw new FilterError('takes a number; a list is counted with "| length" before it')
}

function formOf(form: FilterArgument | undefined): string {
  if (typeof form === 'string') return form
  throw new FilterError('takes its forms as texts in quotes')
}
