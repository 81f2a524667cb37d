import type { TemplateFinding } from '@postino/domain'
import type { Region } from '../../locale/region.ts'
import { findingOf, type RuleFinding } from '../rule.ts'
import type { JudgedSource } from '../judge-source.ts'
import { judgeFirstLine } from './judge-first-line.ts'
import { judgeLength } from './judge-length.ts'
import { rehearse, type Rehearsed } from './rehearse.ts'
import { emptyText, renderFailed, tooMuchWork } from './rehearsal-rules.ts'
import { samplesInState, type Sample } from './samples.ts'

export interface RehearsalFacts {
  samples: readonly Sample[]
  /** Events larger than nearly any, to be tried when all goes well with the others. */
  extremes: readonly Sample[]
  /** Of the field that chooses among the templates of the kind, and the state the template is for, if any. */
  statePath: string | undefined
  state: string
  region: Region
  hasPreview: boolean
  hasFiles: boolean
}

/** What is found by rendering a source with every sample. Says one failure; a source with known errors is not tried. */
export function rehearseSource(judged: JudgedSource, facts: RehearsalFacts): TemplateFinding[] {
  const { placed, block, findings } = judged
  // What a filter may take or not, no sample can tell.
  const isTried = !findings.some(({ severity, code }) => severity === 'error' || code === 'filter_may_fail')
  if (block === undefined || !isTried) return []
  const { at, use } = placed
  const stage = { block, use, region: facts.region }
  const printed = new Map<Sample['name'], Printed>()
  for (const sample of samplesToTry(judged, facts)) {
    const rehearsed = rehearse(stage, sample)
    if (rehearsed.status === 'failed') return [failureOf(rehearsed, at)]
    if (!printed.has(sample.name)) printed.set(sample.name, rehearsed)
  }
  const { hasPreview, hasFiles } = facts
  const [example, long] = [printed.get('example'), printed.get('long')]
  const isFirstLine = use === 'preview' || (use === 'text' && !hasPreview)
  return [
    ...(example !== undefined && isFirstLine ? judgeFirstLine(example.text, at) : []),
    ...(example !== undefined && long !== undefined && use === 'text'
      ? judgeLength(stage, { example, long, hasFiles, at })
      : []),
    ...(use === 'text' ? facts.extremes : [])
      .map((sample) => rehearse(stage, sample))
      .flatMap((rehearsed) => (rehearsed.status === 'failed' ? [overworked(rehearsed, at)] : []))
      .slice(0, 1),
  ]
}

type Printed = Extract<Rehearsed, { status: 'printed' }>

/** Those that matter to a source, one after the other: the first that fails is told, and saves the work of the others. */
function* samplesToTry(
  { states, findings }: JudgedSource,
  { samples, statePath, state: own }: RehearsalFacts,
): Generator<Sample> {
  // Of a text in an address it has been said that it may fail.
  const isWarnedOf = findings.some(({ code }) => code === 'text_in_address')
  for (const sample of samples) {
    if (sample.name === 'example' || !isWarnedOf) yield sample
  }
  // A text for one state is never sent in another.
  const others = own === '' ? [...new Set(states)].slice(0, MAX_STATES) : []
  for (const state of others) yield* samplesInState(samples, statePath, state)
}

const MAX_STATES = 20

function failureOf(
  { sample, code, sentence, place }: Extract<Rehearsed, { status: 'failed' }>,
  at: string,
): TemplateFinding {
  const finding: RuleFinding = { message: `${sample.phrase}: ${sentence}.`, ...(place && { place }) }
  return findingOf(code === 'empty_text' ? emptyText : renderFailed, at, finding)
}

/** All that such a sample can add to the others is work. */
function overworked({ sample }: Extract<Rehearsed, { status: 'failed' }>, at: string): TemplateFinding {
  return findingOf(tooMuchWork, at, {
    message: `${sample.phrase} this is more work than a message may take, and it would not be sent. Show fewer entries, such as {% if loop.index <= 10 %}, or use fewer filters.`,
  })
}
