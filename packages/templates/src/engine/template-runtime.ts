import { cleanText, escapeHtml } from '../text/clean-text.ts'
import type { PrintedNames } from './check-syntax.ts'
import { positionKey } from './check-syntax.ts'
import { isMissing } from './environment.ts'
import type { Runtime } from './nunjucks-internals.ts'
import { nunjucksInternals } from './nunjucks-internals.ts'
import { ownField } from '../filters/own-field.ts'
import { TemplateError } from '../language/template-error.ts'
import type { TemplateRun } from './template-run.ts'
import { countPrinted, countRounds } from './template-run.ts'

/**
 * The functions generated code calls, in place of nunjucks' own: fields are read only where they are an object's own,
 * what is missing cannot be printed, and no value is ever taken for safe.
 */
export function createRuntime(run: TemplateRun, printed: PrintedNames): Runtime {
  return {
    Frame: nunjucksInternals().runtime.Frame,
    isArray: Array.isArray,
    contextOrFrameLookup(_context, frame, name) {
      const loopVariable = frame.lookup(name)
      return loopVariable === undefined ? readField(run.data, name) : loopVariable
    },
    memberLookup: readField,
    fromIterator(value) {
      if (!Array.isArray(value)) throw new TemplateError('a loop runs over a list')
      countRounds(run, value.length)
      return value
    },
    ensureDefined(value, lineno, colno) {
      if (!isMissing(value) && typeof value !== 'object') return value
      const name = printed.get(positionKey(lineno, colno)) ?? 'this value'
      const reason = isMissing(value)
        ? 'is missing'
        : 'holds several fields or entries and cannot be printed as a whole'
      throw new TemplateError(`${name} ${reason}`, { line: lineno + 1, column: colno + 1 })
    },
    suppressValue(value, autoescape) {
      const text = cleanText(String(value))
      countPrinted(run, text.length)
      return autoescape ? escapeHtml(text) : text
    },
    handleError: (error) => error,
  }
}

/** Cleaned before anything looks at it, so that a name of invisible characters counts as blank in conditions too. */
function readField(target: unknown, name: string | number): unknown {
  const value = ownField(target, name)
  return typeof value === 'string' ? cleanText(value) : value
}
