import type { Filter } from './filter.ts'
import { textFilter } from './filter.ts'

/**
 * `{{ shop.support_contact | phone }}`: a number in E.164 form in readable groups, `+39 347 123 4567`. Anything else
 * stays as it is. Countries group in many ways; threes are readable everywhere, and Telegram still finds the number.
 */
export const phone: Filter = textFilter((text) => {
  const number = text.trim()
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return text
  const country = countryCode(number.slice(1))
  const groups = inGroups(country, number.slice(1 + country.length))
  return [`+${country}`, ...groups].join(' ')
})

/** The country codes of two digits (ITU-T E.164); 1 and 7 have one, all others three. */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

function countryCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1)
  return digits.slice(0, TWO_DIGITS.test(digits) ? 2 : 3)
}

/** Threes, a rest of one digit joining the last: 347 123 4567. Ukraine has its own way, 67 123 45 67, and so has France, 6 12 34 56 78. */
function inGroups(country: string, digits: string): string[] {
  // Italian area codes have two to four digits, and only a table could tell.
  if (country === '39' && digits.startsWith('0')) return [digits]
  if (country === '380' && digits.length === 9)
    return /^(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(digits)?.slice(1) ?? []
  if (country === '33' && digits.length === 9) return digits.match(/^\d|\d{2}/g) ?? []
  return digits.match(/\d{3}(?=\d{2})|\d+/g) ?? []
}
