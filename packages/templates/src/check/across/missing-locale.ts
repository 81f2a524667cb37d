import { localeChain } from '@postino/domain'
import { languageName, reportOf, type AcrossRule } from './shop-texts.ts'

export const missingLocale: AcrossRule = {
  code: 'missing_locale',
  severity: 'warning',
  about: 'A state without a text in a language in which the other states of its kind have one.',
  judge({ kind, templates }) {
    const locales = [...new Set(templates.map(({ locale }) => locale))]
    return [...Map.groupBy(templates, ({ state }) => state)].flatMap(([state, ofState]) =>
      locales
        .filter((locale) => !ofState.some((template) => isOneLanguage(locale, template.locale)))
        .map((locale) => {
          const instead = ofState.map((template) => languageName(template.locale)).join(' or ')
          return reportOf(
            missingLocale,
            { kind, state, locale },
            `There is no text in ${languageName(locale)} for ${state === '' ? 'states without a text of their own' : `the state “${state}”`}: whoever reads that language gets the one in ${instead}.`,
          )
        }),
    )
  },
}

/** Of `it` and `it-IT` either does for the other. */
function isOneLanguage(one: string, other: string): boolean {
  return localeChain([one]).includes(other) || localeChain([other]).includes(one)
}
