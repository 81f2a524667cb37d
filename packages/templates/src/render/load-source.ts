import type { EventKind } from '@postino/domain'
import { createBoundedCache } from '../bounded-cache.ts'
import { checkPaths } from '../check/check-paths.ts'
import { readTemplate } from '../language/read-template.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { checkMarkup } from '../markup/check-markup.ts'
import { prepareTemplate, type RunTemplate } from '../run/run-template.ts'
import type { OutputKind } from '../run/template-run.ts'

/** Gives a source that may stand where it does, ready to run. Throws a TemplateError that says why it may not. */
export type LoadSource = (source: string, kind: EventKind, output: OutputKind) => RunTemplate

/** By event kind, a source ready to run or why it may not. */
type Verdicts = Map<EventKind, RunTemplate | Refusal>

/** Not the error itself: its stack holds on to all that was in the making when it was thrown. */
type Refusal = Pick<TemplateError, 'sentence' | 'place'>

/** For each output. They take 70 MB if nothing but tags stands in them, as texts are written a quarter of that. */
const MAX_SOURCE_CHARS = 1_000_000

/**
 * Makes a loader that reads and checks each source once, whatever checked it before: a template is a row of a database, and rows
 * can be edited by hand.
 */
export function createSourceLoader(): LoadSource {
  // An empty source weighs something, too.
  const weightOf = (source: string) => source.length + 1
  const known = {
    html: createBoundedCache<Verdicts>(MAX_SOURCE_CHARS, weightOf),
    plain: createBoundedCache<Verdicts>(MAX_SOURCE_CHARS, weightOf),
  }
  return (source, kind, output) => {
    const verdicts = known[output].getOrCreate(source, () => new Map())
    let verdict = verdicts.get(kind)
    if (verdict === undefined) {
      // What may not is kept, too, or a broken template would be read again for each message.
      verdict = judge(source, kind, output)
      verdicts.set(kind, verdict)
    }
    if (typeof verdict !== 'function') throw new TemplateError(verdict.sentence, verdict.place)
    return verdict
  }
}

function judge(source: string, kind: EventKind, output: OutputKind): RunTemplate | Refusal {
  try {
    const block = readTemplate(source)
    const finding = findProblem(block, kind, output)
    if (finding === undefined) return prepareTemplate(block)
    return { sentence: finding.message, place: finding.place }
  } catch (error) {
    if (error instanceof TemplateError) return { sentence: error.sentence, place: error.place }
    throw error
  }
}

/** The rules a template keeps at its publication are kept here again, as far as harm could be done by breaking them. */
function findProblem(block: Block, kind: EventKind, output: OutputKind) {
  const inMarkup = output === 'html' ? checkMarkup(block) : []
  return inMarkup.find(({ severity }) => severity === 'error') ?? checkPaths(block, kind)[0]
}
