import {
  isEventKind,
  stateFieldOf,
  type EventKind,
  type TemplateContent,
  type TemplateFinding,
} from '@postino/domain'
import { createRegions } from '../locale/region.ts'
import { createCatalogue } from './fields/catalogue.ts'
import { inOrder } from './in-order.ts'
import { judgeSource } from './judge-source.ts'
import { rehearseSource } from './rehearsal/rehearse-source.ts'
import { extremesOf, samplesOf } from './rehearsal/samples.ts'
import { MAX_FINDINGS } from './max-findings.ts'
import { findingOf } from './rule.ts'
import { content as contentRule } from './rules/content.ts'
import { unknownKind } from './rules/unknown-kind.ts'
import { unknownState } from './rules/unknown-state.ts'
import { sourcesOf } from './sources-of.ts'

export interface TemplateToCheck {
  kind: string
  /** Empty for the text of every state that has none of its own. */
  state: string
  /** BCP 47. */
  locale: string
  content: TemplateContent
}

/**
 * Says all that is wrong with a template, or could be better: errors keep it from being published, warnings do not. The same for
 * the same template and CHECKER_VERSION. Sorted by place; at most 50 findings, of which errors are kept first.
 */
export function checkTemplate(template: TemplateToCheck): TemplateFinding[] {
  const { kind } = template
  return isEventKind(kind)
    ? inOrder(findAll({ ...template, kind }))
    : unknownKind.judge(kind).map((found) => findingOf(unknownKind, '', found))
}

function findAll({ kind, state, locale, content }: TemplateToCheck & { kind: EventKind }): TemplateFinding[] {
  const region = createRegions()(locale, 'Europe/Rome')
  const catalogue = createCatalogue(kind)
  const statePath = stateFieldOf(kind, catalogue.fields)?.path
  const hasPreview = content.preview !== undefined
  const facts = { kind, catalogue, statePath, state, hasPreview, region }
  const rehearsal = {
    samples: samplesOf(catalogue, state),
    extremes: extremesOf(catalogue, state),
    statePath,
    state,
    region,
    hasPreview,
    hasFiles: (content.media ?? []).length > 0,
  }
  const findings = [
    ...unknownState.judge(catalogue, state).map((found) => findingOf(unknownState, '', found)),
    ...contentRule.judge(content).map((found) => findingOf(contentRule, 'buttons', found)),
  ]
  for (const placed of sourcesOf(content)) {
    if (countErrors(findings) >= MAX_FINDINGS) break
    const judged = judgeSource(placed, facts)
    findings.push(...judged.findings, ...rehearseSource(judged, rehearsal))
  }
  return findings
}

function countErrors(findings: readonly TemplateFinding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length
}
