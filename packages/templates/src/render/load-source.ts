import type { EventKind } from '@postino/domain'
import { createBoundedCache } from '../bounded-cache.ts'
import { checkPaths } from '../check/check-paths.ts'
import { readTemplate } from '../language/read-template.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { checkMarkup } from '../markup/check-markup.ts'
import type { OutputKind } from '../run/template-run.ts'

/** Gives the tree of a source that may stand where it does. Throws a TemplateError that says why it may not. */
export type LoadSource = (source: string, kind: EventKind, output: OutputKind) => Block

/** What is known of a source: its tree, and by event kind and use whether it may stand there. What may not is kept too. */
interface LoadedSource {
  block: Block | TemplateError
  verdicts: Map<string, TemplateError | undefined>
}

/** Their trees take some 40 MB at most. More than all templates in use on one renderer. */
const MAX_SOURCE_CHARS = 1_000_000

/**
 * Makes a loader that reads and checks each source once, whatever checked it before: a template is a row of a database, and rows
 * can be edited by hand.
 */
export function createSourceLoader(): LoadSource {
  // An empty source weighs something, too.
  const known = createBoundedCache<LoadedSource>(MAX_SOURCE_CHARS, (source) => source.length + 1)
  return (source, kind, output) => {
    const { block, verdicts } = known.getOrCreate(source, load)
    if (block instanceof TemplateError) throw block
    const use = `${output} ${kind}`
    if (!verdicts.has(use)) verdicts.set(use, judge(block, kind, output))
    const refusal = verdicts.get(use)
    if (refusal !== undefined) throw refusal
    return block
  }
}

function load(source: string): LoadedSource {
  try {
    return { block: readTemplate(source), verdicts: new Map() }
  } catch (error) {
    if (error instanceof TemplateError) return { block: error, verdicts: new Map() }
    throw error
  }
}

function judge(block: Block, kind: EventKind, output: OutputKind): TemplateError | undefined {
  const markup = output === 'html' ? checkMarkup(block).filter(({ severity }) => severity === 'error') : []
  const [finding] = [...markup, ...checkPaths(block, kind)]
  return finding === undefined ? undefined : new TemplateError(finding.message, finding.place)
}
