import type { TemplateFinding } from '@postino/domain'
import { buttonsDiffer } from './across/buttons-differ.ts'
import { fieldsDiffer } from './across/fields-differ.ts'
import { missingLocale } from './across/missing-locale.ts'
import { missingState } from './across/missing-state.ts'
import { noShopLocale } from './across/no-shop-locale.ts'
import { textsByKind, type AcrossRule, type ShopFacts, type TemplateReport } from './across/shop-texts.ts'
import { checkTemplate, type TemplateToCheck } from './check-template.ts'

export const ACROSS_RULES: readonly AcrossRule[] = [
  noShopLocale,
  missingState,
  missingLocale,
  fieldsDiffer,
  buttonsDiffer,
]

/**
 * Checks all templates of a shop, each by itself and side by side: what is missing, and what is not alike. A report stands for each
 * template with findings, and for texts that are missing.
 *
 * @param found what `checkTemplate` says of each, for callers that may not hold up others for all of them at once
 */
export function checkTemplates(
  templates: readonly TemplateToCheck[],
  shop: ShopFacts,
  found: readonly TemplateFinding[][] = templates.map((template) => checkTemplate(template)),
): TemplateReport[] {
  const alone = templates.map((template, index) => ({ ...nameOf(template), findings: found[index] ?? [] }))
  const sideBySide = textsByKind(templates).flatMap((texts) =>
    ACROSS_RULES.flatMap((rule) => rule.judge(texts, shop)),
  )
  return [...Map.groupBy([...alone, ...sideBySide], (report) => JSON.stringify(nameOf(report))).values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ ...first, findings: [first, ...others].flatMap(({ findings }) => findings) }],
    )
    .filter(({ findings }) => findings.length > 0)
}

function nameOf({ kind, state, locale }: Pick<TemplateReport, 'kind' | 'state' | 'locale'>) {
  return { kind, state, locale }
}
