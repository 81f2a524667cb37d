import { localeChain } from '@postino/domain'

/** More than there are languages to put together; whoever names still more has them worked out anew. */
const MAX_CHAINS = 1_000

/** The locales to try for a message, best first: of the contact, the event, Telegram, the shop, and English. */
export type LocaleChains = (preferred: readonly (string | null | undefined)[]) => readonly string[]

/** Makes a function that keeps the chains it has worked out: asking Intl costs more than the rest of choosing a text. */
export function createLocaleChains(): LocaleChains {
  const known = new Map<string, readonly string[]>()
  return function localesFor(preferred) {
    const key = preferred.join(' ')
    const chain = known.get(key)
    if (chain !== undefined) return chain
    if (known.size >= MAX_CHAINS) known.clear()
    const made = localeChain([...preferred.map((locale) => locale ?? undefined), 'en'])
    // What is longer is no locale, and would only fill the map.
    if (key.length <= MAX_KEY_CHARS) known.set(key, made)
    return made
  }
}

const MAX_KEY_CHARS = 200
