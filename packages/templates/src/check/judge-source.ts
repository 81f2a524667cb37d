import type { EventKind, TemplateFinding } from '@postino/domain'
import { readTemplate } from '../language/read-template.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { checkMarkup } from '../markup/check-markup.ts'
import type { Catalogue } from './fields/catalogue.ts'
import { observe } from './fields/observe.ts'
import { findingOf } from './rule.ts'
import { language } from './rules/language.ts'
import { OBSERVATION_RULES } from './rules/observation-rules.ts'
import { SOURCE_RULES } from './rules/source-rules.ts'
import type { PlacedSource } from './sources-of.ts'
import { wordsOf } from './words/author-words.ts'

export interface TemplateFacts {
  kind: EventKind
  catalogue: Catalogue
  /** Such as `it`. */
  language: string
}

/** What can be said of a source without rendering it. */
export interface JudgedSource {
  placed: PlacedSource
  /** Undefined when it cannot be read. */
  block: Block | undefined
  findings: TemplateFinding[]
}

export function judgeSource(placed: PlacedSource, facts: TemplateFacts): JudgedSource {
  const { at, source } = placed
  try {
    const block = readTemplate(source)
    return { placed, block, findings: judgeBlock(block, placed, facts) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const { sentence, place } = error
    const finding = findingOf(language, at, { message: sentence, ...(place && { place }) })
    return { placed, block: undefined, findings: [finding] }
  }
}

function judgeBlock(block: Block, { at, use }: PlacedSource, facts: TemplateFacts): TemplateFinding[] {
  const { kind, catalogue } = facts
  const observations = observe(block, catalogue)
  const source = { use, block, words: wordsOf(block), observations, kind, language: facts.language }
  return [
    ...(use === 'text' ? checkMarkup(block) : []).map(({ severity, code, message, place }) => ({
      severity,
      code,
      at,
      ...place,
      message,
    })),
    ...OBSERVATION_RULES.flatMap((rule) =>
      rule.judge(observations, { use }).map((found) => findingOf(rule, at, found)),
    ),
    ...SOURCE_RULES.flatMap((rule) => rule.judge(source).map((found) => findingOf(rule, at, found))),
  ]
}
