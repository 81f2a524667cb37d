import parsePhoneNumber, { isSupportedCountry, type CountryCode } from 'libphonenumber-js/min'

export type { CountryCode }

/** A country by its two letters; undefined when no numbers of it are known. */
export function parseCountry(text: string): CountryCode | undefined {
  const country = text.toUpperCase()
  return isSupportedCountry(country) ? country : undefined
}

/**
 * A phone number as E.164 has it, when it is international, or its country is told; undefined for everything else. Of an
 * international one the form alone is asked, since countries open new ranges all the time.
 */
export function phoneOf(text: string, country: CountryCode | undefined): string | undefined {
  const digits = text.replace(/[\s().\-/\u00a0\u2010-\u2015]/g, '').replace(/^00/, '+')
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return digits
  if (country === undefined || !/^\d{3,15}$/.test(digits)) return undefined
  const number = parsePhoneNumber(digits, country)
  return number?.isPossible() === true ? number.number : undefined
}
