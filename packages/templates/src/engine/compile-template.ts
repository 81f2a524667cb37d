import type { FilterScope } from '../filters/filter.ts'
import { createBoundedCache } from '../bounded-cache.ts'
import type { PrintedNames } from './check-syntax.ts'
import { checkSyntax } from './check-syntax.ts'
import { createEnvironment } from './environment.ts'
import type { Environment, RootRenderFunction, TreeNode } from './nunjucks-internals.ts'
import { nunjucksInternals } from './nunjucks-internals.ts'
import { TemplateError } from '../language/template-error.ts'
import type { TemplateRun } from './template-run.ts'
import { createRuntime } from './template-runtime.ts'

/** What the text is for: values are escaped for Telegram's HTML, or left plain (button texts, addresses). */
type OutputKind = 'html' | 'plain'

/** A template ready to run. Throws a TemplateError when the data does not do. */
export type CompiledTemplate = (data: TemplateRun['data'], scope: FilterScope, kind: OutputKind) => string

/** About a megabyte of sources and their functions; more than the templates in use on one renderer. */
const MAX_TEMPLATES = 1000

/** Returns a function that compiles a source, or finds it compiled. Throws a TemplateError when it is no template. */
export function createTemplateCompiler(): (source: string) => CompiledTemplate {
  const environments = { html: createEnvironment(true), plain: createEnvironment(false) }
  // What does not compile is kept too, or a broken template would be parsed again for each message.
  const known = createBoundedCache<CompiledTemplate | TemplateError>(MAX_TEMPLATES)
  return (source) => {
    const compiled = known.getOrCreate(source, () => compileOrExplain(source, environments))
    if (compiled instanceof TemplateError) throw compiled
    return compiled
  }
}

type Environments = Readonly<Record<OutputKind, Environment>>

function compileOrExplain(source: string, environments: Environments): CompiledTemplate | TemplateError {
  try {
    return compile(source, environments)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
}

function compile(source: string, environments: Environments): CompiledTemplate {
  checkCharacters(source)
  const printed = checkSyntax(parse(source))
  const { Template } = nunjucksInternals()
  const { rootRenderFunc } = new Template(source, environments.html, undefined, true)
  return (data, scope, kind) => {
    const run: TemplateRun = { data, scope, rounds: 0, printedChars: 0 }
    return runTemplate(rootRenderFunc, environments[kind], { run, printed })
  }
}

/** Telegram refuses or drops these; in a template they are an accident of copying. */
function checkCharacters(source: string): void {
  if (!source.isWellFormed()) throw new TemplateError('the text holds half a character (a lone surrogate)')
  if (/[^\P{Cc}\t\r\n]/u.test(source)) throw new TemplateError('the text holds a control character')
}

function parse(source: string): TreeNode {
  try {
    return nunjucksInternals().parser.parse(source, [], {})
  } catch (error) {
    // Whatever the parser throws, a RangeError for thousands of brackets included, speaks of the template.
    throw new TemplateError(messageOf(error), placeOf(error), { cause: error })
  }
}

function runTemplate(
  rootRenderFunc: RootRenderFunction,
  environment: Environment,
  { run, printed }: { run: TemplateRun; printed: PrintedNames },
): string {
  const runtime = createRuntime(run, printed)
  let ending: { error: unknown; output: string | undefined } | undefined
  rootRenderFunc(environment, run, new runtime.Frame(), runtime, (error, output) => {
    ending ??= { error, output }
  })
  if (ending?.output !== undefined) return ending.output
  if (ending?.error instanceof TemplateError) throw ending.error
  // Comparing a group of fields with a number ends here, when the data gives it a field called `valueOf` or `toString`.
  throw new TemplateError('this cannot be worked out with the data of the event', undefined, {
    cause: ending?.error,
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'this is no template'
}

function placeOf(error: unknown): TemplateError['place'] {
  if (typeof error !== 'object' || error === null || !('lineno' in error && 'colno' in error))
    return undefined
  const { lineno, colno } = error
  return typeof lineno === 'number' && typeof colno === 'number' ? { line: lineno, column: colno } : undefined
}
