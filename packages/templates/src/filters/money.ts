import type { Filter } from './filter.ts'
import { FilterError } from './filter.ts'
import { readField } from './read-data.ts'

const AMOUNT = /^-?\d{1,15}(?:\.\d{1,6})?$/
const CURRENCY = /^[A-Z]{3}$/

/** `{{ order.total | money }}`: `{amount: "1234.50", currency: "EUR"}` becomes `1.234,50 €` in Italian. */
export const money: Filter = {
  minArguments: 0,
  maxArguments: 0,
  // Data of ever other currencies makes a format for each.
  steps: 48,
  apply(value, _none, { region, budget }) {
    const [amount, currency] = [readField(value, 'amount', budget), readField(value, 'currency', budget)]
    if (!isDecimal(amount) || typeof currency !== 'string' || !CURRENCY.test(currency)) throw unusable()
    // Intl formats a decimal text digit by digit; as a number it could lose some.
    return region.formats.money(currency).format(amount)
  },
}

function isDecimal(amount: unknown): amount is Intl.StringNumericLiteral {
  return typeof amount === 'string' && AMOUNT.test(amount)
}

function unusable(): FilterError {
  return new FilterError('takes an amount with its currency, such as {"amount": "49.90", "currency": "EUR"}')
}
