import { canonicalLocale, isEventKind, type EventKind, type TemplateFinding } from '@postino/domain'
import type { TemplateToCheck } from '../check-template.ts'
import { findingOf, type Rule } from '../rule.ts'

/** What is said of a template, or of one that is missing. */
export interface TemplateReport {
  kind: string
  state: string
  locale: string
  findings: TemplateFinding[]
}

export interface ShopFacts {
  /** BCP 47, the shop's own. */
  locale: string
  /** The order states the shop tells about; null: all. */
  managedStates: readonly string[] | null
}

/** The texts of one kind. */
export interface KindTexts {
  kind: EventKind
  templates: readonly TemplateToCheck[]
}

/** A rule that judges the texts of a kind together. */
export interface AcrossRule extends Rule {
  judge(texts: KindTexts, shop: ShopFacts): TemplateReport[]
}

export function textsByKind(templates: readonly TemplateToCheck[]): KindTexts[] {
  return [...Map.groupBy(templates, ({ kind }) => kind)].flatMap(([kind, ofKind]) =>
    isEventKind(kind) ? [{ kind, templates: ofKind }] : [],
  )
}

/** What a rule says of the template as a whole. */
export function reportOf(
  rule: Rule,
  { kind, state, locale }: Pick<TemplateReport, 'kind' | 'state' | 'locale'>,
  message: string,
): TemplateReport {
  return { kind, state, locale, findings: [findingOf(rule, '', { message })] }
}

/** `Italian` for `it`; what is no language stays as it is. */
export function languageName(locale: string): string {
  if (canonicalLocale(locale) === undefined) return locale
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(locale) ?? locale
}
