import { localeChain, type WordingLocale } from '@postino/domain'

const MAX_HEADER_CHARS = 500

/** The first of these languages that the visitor understands: by the wishes in their order; else the first one there is. */
export function choosePageLanguage(
  spoken: readonly [WordingLocale, ...WordingLocale[]],
  wishes: readonly (string | null | undefined)[],
): WordingLocale {
  const chain = localeChain(wishes.map((wish) => wish ?? undefined))
  for (const locale of chain) {
    const found = spoken.find((language) => language === locale)
    if (found !== undefined) return found
  }
  return spoken[0]
}

/** What a browser says its user reads, the most wanted first; nothing that is refused (`q=0`). */
export function readAcceptLanguage(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, MAX_HEADER_CHARS)
    .split(',')
    .map((entry) => {
      const [, locale = '', q = '1'] =
        /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/.exec(entry) ?? []
      return { locale, weight: Number(q) }
    })
    .filter(({ locale, weight }) => locale !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale)
}
