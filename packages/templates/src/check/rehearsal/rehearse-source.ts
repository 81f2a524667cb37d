import type { TemplateFinding } from '@postino/domain'
import type { Region } from '../../locale/region.ts'
import { findingOf, type RuleFinding } from '../rule.ts'
import type { JudgedSource } from '../judge-source.ts'
import { judgeLength } from './judge-length.ts'
import { rehearse, type Rehearsed } from './rehearse.ts'
import { emptyFirstLine, emptyText, longFirstLine, renderFailed } from './rehearsal-rules.ts'
import { samplesInState, type Sample } from './samples.ts'

export interface RehearsalFacts {
  samples: readonly Sample[]
  /** Of the field that chooses among the templates of the kind, and the state the template is for, if any. */
  statePath: string | undefined
  state: string
  region: Region
  hasPreview: boolean
  hasFiles: boolean
}

/** What is found by rendering a source with every sample. Says one failure; a source with known errors is not tried. */
export function rehearseSource(
  { placed, block, states, findings }: JudgedSource,
  facts: RehearsalFacts,
): TemplateFinding[] {
  // What a filter may take or not, no sample can tell.
  const isTried = !findings.some(({ severity, code }) => severity === 'error' || code === 'filter_may_fail')
  if (block === undefined || !isTried) return []
  const { at, use } = placed
  const { samples, statePath, region, hasPreview, hasFiles } = facts
  const stage = { block, use, region }
  const isWarnedOf = findings.some(({ code }) => code === 'text_in_address')
  const rehearsed = samples
    .filter(({ name }) => !isWarnedOf || name === 'example')
    .map((sample) => rehearse(stage, sample))
  const inStates = statesToTry(states, facts).flatMap((state) =>
    samplesInState(samples, statePath, state).map((sample) => rehearse(stage, sample)),
  )
  const failed = [...rehearsed, ...inStates].find((one) => one.status === 'failed')
  if (failed !== undefined) return [failureOf(failed, at)]
  const example = rehearsed.find((one) => one.status === 'printed')
  const long = rehearsed.findLast((one) => one.status === 'printed')
  if (example === undefined || long === undefined) return []
  return [
    ...(use === 'preview' || (use === 'text' && !hasPreview) ? judgeFirstLine(example.text, at) : []),
    ...(use === 'text' ? judgeLength(stage, { example, long, hasFiles, at }) : []),
  ]
}

/** A text for one state is never sent in another. */
function statesToTry(states: readonly string[], { state }: RehearsalFacts): string[] {
  return state === '' ? [...new Set(states)].slice(0, MAX_STATES) : []
}

const MAX_STATES = 20

function failureOf(
  { sample, code, sentence, place }: Extract<Rehearsed, { status: 'failed' }>,
  at: string,
): TemplateFinding {
  const finding: RuleFinding = { message: `${sample.phrase}: ${sentence}.`, ...(place && { place }) }
  return findingOf(code === 'empty_text' ? emptyText : renderFailed, at, finding)
}

/** About what the lock screens of phones show of a message. */
const MAX_FIRST_LINE_CHARS = 150

function judgeFirstLine(text: string, at: string): TemplateFinding[] {
  const [line = ''] = text.split('\n')
  if (!/[\p{L}\p{N}]/u.test(line))
    return [
      findingOf(emptyFirstLine, at, {
        message:
          'The first line has no word, and a locked phone shows little more. Say there what it is about.',
      }),
    ]
  return line.length > MAX_FIRST_LINE_CHARS
    ? [
        findingOf(longFirstLine, at, {
          message: `The first line has some ${line.length} characters; a locked phone shows about ${MAX_FIRST_LINE_CHARS}. Begin with what matters, then go on in a new line.`,
        }),
      ]
    : []
}
