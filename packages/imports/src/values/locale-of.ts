const NAMED: Readonly<Record<string, string>> = {
  italiano: 'it',
  italian: 'it',
  італійська: 'it',
  inglese: 'en',
  english: 'en',
  англійська: 'en',
  ucraino: 'uk',
  ukrainian: 'uk',
  українська: 'uk',
}

/** No language, as the domain sees it. */
const NONE = '?'

/** A language by its name or its code, with hyphen or underscore; the domain judges what comes out. */
export function localeOf(text: string): string {
  const named = NAMED[text.toLowerCase()]
  if (named !== undefined) return named
  // BCP 47 would take a whole word for a language that is still to be registered.
  return /^\p{L}{2,3}(?![^_-])/u.test(text) ? text.replaceAll('_', '-') : NONE
}
