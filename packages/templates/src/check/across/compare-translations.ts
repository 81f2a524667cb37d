import { localeChain } from '@postino/domain'
import type { TemplateToCheck } from '../check-template.ts'
import type { KindTexts, TemplateReport } from './shop-texts.ts'

/** Compares each text with the one of the same state in the shop's language. */
export function compareTranslations(
  { templates }: KindTexts,
  shopLocale: string,
  compare: (template: TemplateToCheck, original: TemplateToCheck) => string | undefined,
): { template: Pick<TemplateReport, 'kind' | 'state' | 'locale'>; message: string }[] {
  const chain = localeChain([shopLocale])
  return [...Map.groupBy(templates, ({ state }) => state).values()].flatMap((ofState) => {
    const original = chain
      .map((locale) => ofState.find((template) => template.locale === locale))
      .find((template) => template !== undefined)
    if (original === undefined) return []
    return ofState.flatMap((template) => {
      const message = template === original ? undefined : compare(template, original)
      return message === undefined ? [] : [{ template, message }]
    })
  })
}
