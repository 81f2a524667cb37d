import { spend, spendOnText } from '../filters/budget.ts'
import { readField } from '../filters/read-data.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block, ForPart, IfPart, LinkPart, Part, PrintPart } from '../language/tree.ts'
import { cleanText, escapeHtml } from '../text/clean-text.ts'
import { addressProblem } from '../text/web-address.ts'
import { evaluate } from './evaluate.ts'
import { readPath } from './read-path.ts'
import type { RunningLoop, TemplateRun } from './template-run.ts'
import { write } from './template-run.ts'
import { isTrue } from './truth.ts'

/** Prints a list of parts, one after the other. */
export function printBlock(block: Block, run: TemplateRun): void {
  for (const part of block) printPart(part, run)
}

function printPart(part: Part, run: TemplateRun): void {
  spend(run.budget, 1)
  switch (part.type) {
    case 'markup':
      return write(run, part.source)
    case 'print':
      return printValue(part, run)
    case 'link':
      return printLink(part, run)
    case 'if':
      return printIf(part, run)
    case 'for':
      return printLoop(part, run)
  }
}

function printValue({ value: expression, name, place }: PrintPart, run: TemplateRun): void {
  const text = textOf(evaluate(expression, run), { name, place })
  // What stands in the data is clean already; a filter may have made something new of it.
  const clean = expression.type === 'path' ? text : cleanAgain(text, run)
  write(run, run.kind === 'html' ? escapeHtml(clean) : clean)
}

function cleanAgain(text: string, { budget }: TemplateRun): string {
  spendOnText(budget, text)
  return cleanText(text)
}

function textOf(value: unknown, { name, place }: Pick<PrintPart, 'name' | 'place'>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const reason =
    value === undefined ? 'is missing' : 'holds several fields or entries and cannot be printed as a whole'
  throw new TemplateError(`${name} ${reason}`, place)
}

/** The one place that makes markup of data, and the address is checked, escaped and nowhere but in an href. */
function printLink(part: LinkPart, run: TemplateRun): void {
  const { name, place } = part
  const address = cleanAgain(textOf(evaluate(part.address, run), part), run).trim()
  if (address === '') return
  const problem = addressProblem(address)
  if (problem !== undefined) throw new TemplateError(`${name} cannot be linked: ${problem}`, place)
  if (run.kind === 'plain') write(run, address)
  else write(run, `<a href="${escapeHtml(address)}">${escapeHtml(cleanText(part.text))}</a>`)
}

function printIf({ branches, otherwise }: IfPart, run: TemplateRun): void {
  for (const { condition, body } of branches) {
    if (isTrue(evaluate(condition, run))) return printBlock(body, run)
  }
  printBlock(otherwise, run)
}

function printLoop({ variable, list, body, otherwise, place }: ForPart, run: TemplateRun): void {
  const entries = readPath(list, run)
  if (entries === undefined) return printBlock(otherwise, run)
  if (!Array.isArray(entries)) throw new TemplateError('a loop runs over a list', place)
  const { length } = entries
  if (length === 0) return printBlock(otherwise, run)
  const outer = run.loop
  const loop: RunningLoop = { variable, value: undefined, index: 0, length, outer }
  run.loop = loop
  for (let index = 0; index < length; index += 1) {
    spend(run.budget, 1)
    loop.index = index
    loop.value = readField(entries, index, run.budget)
    printBlock(body, run)
  }
  run.loop = outer
}
