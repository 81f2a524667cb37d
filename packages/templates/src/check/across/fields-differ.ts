import { readTemplate } from '../../language/read-template.ts'
import { TemplateError } from '../../language/template-error.ts'
import type { TemplateToCheck } from '../check-template.ts'
import { createCatalogue, type Catalogue } from '../fields/catalogue.ts'
import { observe } from '../fields/observe.ts'
import { pathsShown } from '../fields/paths-shown.ts'
import { compareTranslations } from './compare-translations.ts'
import { languageName, reportOf, type AcrossRule } from './shop-texts.ts'

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

/** What a text prints; undefined when it cannot be read, or reads what is not there. How people are called is left to each language. */
function fieldsShown({ content }: TemplateToCheck, catalogue: Catalogue): Set<string> | undefined {
  try {
    const observations = [content.preview ?? '', content.text].flatMap((source) =>
      observe(readTemplate(source), catalogue),
    )
    if (observations.some(({ type }) => type === 'broken_path')) return undefined
    const paths = observations.flatMap((observation) =>
      observation.type === 'print' ? pathsShown(observation.value.expression) : [],
    )
    return new Set(paths.filter((path) => !/\bname\.(?:first|last)$/.test(path)))
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(', ')
}
