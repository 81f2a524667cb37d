import { localeChain } from '@postino/domain'
import { readTemplate } from '../../language/read-template.ts'
import { TemplateError } from '../../language/template-error.ts'
import type { TemplateToCheck } from '../check-template.ts'
import { createCatalogue, type Catalogue } from '../fields/catalogue.ts'
import { pathsShown } from '../fields/paths-shown.ts'
import { observe } from '../fields/observe.ts'
import { languageName, reportOf, type AcrossRule, type KindTexts, type TemplateReport } from './shop-texts.ts'

export const fieldsDiffer: AcrossRule = {
  code: 'fields_differ',
  severity: 'warning',
  about:
    'A text that shows other fields of the event than the same text in the shop’s language. Names may differ.',
  judge(texts, { locale }) {
    const catalogue = createCatalogue(texts.kind)
    return compareTranslations(texts, locale, (template, original) => {
      const [own, others] = [fieldsShown(template, catalogue), fieldsShown(original, catalogue)]
      if (own === undefined || others === undefined) return undefined
      const missing = [...others.difference(own)]
      const added = [...own.difference(others)]
      if (missing.length === 0 && added.length === 0) return undefined
      const language = languageName(original.locale)
      return [
        ...(missing.length > 0
          ? [`The text in ${language} shows ${listed(missing)}, and this one does not.`]
          : []),
        ...(added.length > 0
          ? [`This text shows ${listed(added)}, and the one in ${language} does not.`]
          : []),
      ].join(' ')
    }).map(({ template, message }) => reportOf(fieldsDiffer, template, message))
  },
}

export const buttonsDiffer: AcrossRule = {
  code: 'buttons_differ',
  severity: 'warning',
  about: 'A text with other buttons than the same text in the shop’s language.',
  judge: (texts, { locale }) =>
    compareTranslations(texts, locale, (template, original) => {
      const [own, other] = [targetsOf(template), targetsOf(original)]
      if (own.length !== other.length)
        return `This text has ${counted(own.length)}, and the one in ${languageName(original.locale)} ${counted(other.length)}.`
      return own.every((target, index) => target === other[index])
        ? undefined
        : `The buttons lead elsewhere than those of the text in ${languageName(original.locale)}.`
    }).map(({ template, message }) => reportOf(buttonsDiffer, template, message)),
}

/** Compares each text with the one of the same state in the shop's language. */
function compareTranslations(
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

/** What a text prints; undefined when it cannot be read. How people are called is left to each language. */
function fieldsShown({ content }: TemplateToCheck, catalogue: Catalogue): Set<string> | undefined {
  try {
    const observations = [content.preview ?? '', content.text].flatMap((source) =>
      observe(readTemplate(source), catalogue),
    )
    const paths = observations.flatMap((observation) =>
      observation.type === 'print' ? pathsShown(observation.value.expression) : [],
    )
    return new Set(paths.filter((path) => !/\bname\.(?:first|last)$/.test(path)))
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

function targetsOf({ content }: TemplateToCheck): string[] {
  return content.buttons
    .flat()
    .map((button) => ('url' in button ? button.url : 'copy' in button ? button.copy : button.action))
    .map((target) => target.replaceAll(/\s/g, ''))
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(', ')
}

function counted(buttons: number): string {
  return buttons === 1 ? '1 button' : `${buttons} buttons`
}
