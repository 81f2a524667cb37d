import type { TemplateFinding } from '@postino/domain'
import { readTemplate } from '../language/read-template.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { checkMarkup } from '../markup/check-markup.ts'
import type { Catalogue } from './fields/catalogue.ts'
import { observe } from './fields/observe.ts'
import { comparedStates } from './fields/compared-states.ts'
import { findingOf, type SourceToJudge } from './rule.ts'
import { language } from './rules/language.ts'
import { OBSERVATION_RULES } from './rules/observation-rules.ts'
import { SOURCE_RULES } from './rules/source-rules.ts'
import type { PlacedSource } from './sources-of.ts'
import { wordsOf } from './words/author-words.ts'

export interface TemplateFacts extends Pick<
  SourceToJudge,
  'kind' | 'statePath' | 'state' | 'hasPreview' | 'region'
> {
  catalogue: Catalogue
}

/** What can be said of a source without rendering it. */
export interface JudgedSource {
  placed: PlacedSource
  /** Undefined when it cannot be read. */
  block: Block | undefined
  /** What it compares the state with. */
  states: string[]
  findings: TemplateFinding[]
}

export function judgeSource(placed: PlacedSource, facts: TemplateFacts): JudgedSource {
  const { at, use, source } = placed
  try {
    const block = readTemplate(source)
    const observations = observe(block, facts.catalogue)
    const states = comparedStates(observations, facts.statePath).map(({ state }) => state)
    const toJudge = { ...facts, use, block, words: wordsOf(block), observations }
    return { placed, block, states, findings: judgeBlock(toJudge, at) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const { sentence, place } = error
    const finding = findingOf(language, at, { message: sentence, ...(place && { place }) })
    return { placed, block: undefined, states: [], findings: [finding] }
  }
}

function judgeBlock(source: SourceToJudge, at: string): TemplateFinding[] {
  const { use, block, observations } = source
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
