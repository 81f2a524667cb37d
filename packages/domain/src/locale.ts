/**
 * The locales to try, best first: each preferred one, then what remains when its subtags are taken off from the right
 * (the "lookup" of RFC 4647): `['it-IT', 'en']` gives `['it-IT', 'it', 'en']`. What is not BCP 47 is left out.
 */
export function localeChain(preferred: readonly (string | undefined)[]): string[] {
  const chain = preferred.flatMap((locale) => {
    const canonical = locale === undefined ? undefined : canonicalLocale(locale)
    return canonical === undefined ? [] : withShorterOnes(canonical)
  })
  return [...new Set(chain)]
}

/** The locale as BCP 47 writes it (`it-it` becomes `it-IT`), or undefined when it is none. */
export function canonicalLocale(locale: string): string | undefined {
  // Longer ones exist in theory only, and Intl would take its time over a text of kilobytes.
  if (locale.length > 35) return undefined
  try {
    return Intl.getCanonicalLocales(locale)[0]
  } catch {
    // Intl has no way to ask: it throws a RangeError for whatever is not BCP 47.
    return undefined
  }
}

function withShorterOnes(locale: string): string[] {
  const subtags = locale.split('-')
  const chain: string[] = []
  while (subtags.length > 0) {
    // A single character introduces what follows it, so it cannot stand last.
    if (subtags.at(-1)?.length !== 1) chain.push(subtags.join('-'))
    subtags.pop()
  }
  return chain
}
