import { cleanValue, spend } from '../filters/budget.ts'
import { readField } from '../filters/read-data.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block, ForPart, IfPart, LinkPart, MarkupPart, Part, PrintPart } from '../language/tree.ts'
import { cleanText, escapeHtml } from '../text/clean-text.ts'
import { addressProblem } from '../text/web-address.ts'
import { prepareExpression } from './prepare-expression.ts'
import { preparePath } from './prepare-path.ts'
import type { RunningLoop, TemplateRun } from './template-run.ts'
import { write } from './template-run.ts'
import { isTrue } from './truth.ts'

/** Prints something into a run. */
export type Print = (run: TemplateRun) => void

/** Makes a function of a list of parts, which prints one after the other. */
export function prepareBlock(block: Block): Print {
  const prints = block.map(preparePart)
  return (run) => {
    for (const print of prints) print(run)
  }
}

function preparePart(part: Part): Print {
  switch (part.type) {
    case 'markup':
      return prepareMarkup(part)
    case 'print':
      return preparePrint(part)
    case 'link':
      return prepareLink(part)
    case 'if':
      return prepareIf(part)
    case 'for':
      return prepareLoop(part)
  }
}

function prepareMarkup({ source }: MarkupPart): Print {
  return (run) => {
    spend(run.budget, 1)
    write(run, source)
  }
}

function preparePrint(part: PrintPart): Print {
  const evaluate = prepareExpression(part.value)
  // What stands in the data is cleaned when it is read; a filter may have made something new of it.
  const isClean = part.value.type === 'path'
  return (run) => {
    spend(run.budget, 1)
    const text = textOf(evaluate(run), part)
    const clean = isClean ? text : cleanValue(text, run.budget)
    write(run, run.kind === 'html' ? escapeHtml(clean) : clean)
  }
}

function textOf(value: unknown, { name, place }: Pick<PrintPart, 'name' | 'place'>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const reason =
    value === undefined ? 'is missing' : 'holds several fields or entries and cannot be printed as a whole'
  throw new TemplateError(`${name} ${reason}`, place)
}

/** The one place that makes markup of data, and the address is checked, escaped and nowhere but in an href. */
function prepareLink(part: LinkPart): Print {
  const { name, place } = part
  const evaluate = prepareExpression(part.address)
  const shown = escapeHtml(cleanText(part.text))
  return (run) => {
    spend(run.budget, 1)
    const address = cleanValue(textOf(evaluate(run), part), run.budget).trim()
    if (address === '') return
    const problem = addressProblem(address)
    if (problem !== undefined) throw new TemplateError(`${name} cannot be linked: ${problem}`, place)
    write(run, run.kind === 'plain' ? address : `<a href="${escapeHtml(address)}">${shown}</a>`)
  }
}

function prepareIf({ branches, otherwise }: IfPart): Print {
  const prepared = branches.map(({ condition, body }) => ({
    evaluate: prepareExpression(condition),
    print: prepareBlock(body),
  }))
  const printOtherwise = prepareBlock(otherwise)
  return (run) => {
    for (const { evaluate, print } of prepared) {
      spend(run.budget, 1)
      if (isTrue(evaluate(run))) return print(run)
    }
    printOtherwise(run)
  }
}

function prepareLoop({ variable, list, body, otherwise, place }: ForPart): Print {
  const evaluate = preparePath(list)
  const [printBody, printOtherwise] = [prepareBlock(body), prepareBlock(otherwise)]
  return (run) => {
    spend(run.budget, 1)
    const entries = evaluate(run)
    if (entries !== undefined && !Array.isArray(entries))
      throw new TemplateError('a loop runs over a list', place)
    const length = entries?.length ?? 0
    if (length === 0) return printOtherwise(run)
    const outer = run.loop
    const loop: RunningLoop = { variable, value: undefined, index: 0, length, outer }
    run.loop = loop
    for (let index = 0; index < length; index += 1) {
      spend(run.budget, 1)
      loop.index = index
      loop.value = readField(entries, index, run.budget)
      printBody(run)
    }
    run.loop = outer
  }
}
