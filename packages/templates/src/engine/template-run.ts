import type { FilterScope } from '../filters/filter.ts'
import { TemplateError } from '../language/template-error.ts'

/** One rendering of one template: what it may read and how much it has done. Generated code passes it to filters. */
export interface TemplateRun {
  data: Readonly<Record<string, unknown>>
  scope: FilterScope
  rounds: number
  printedChars: number
}

/** Of all loops together. A message has 4096 characters, and an event's longest list far fewer entries. */
const MAX_ROUNDS = 4096

/** Values of an event printed again and again; far more than a message can hold. */
const MAX_PRINTED_CHARS = 65_536

export function countRounds(run: TemplateRun, rounds: number): void {
  run.rounds += rounds
  if (run.rounds > MAX_ROUNDS) throw new TemplateError(`the loops run more than ${MAX_ROUNDS} times`)
}

export function countPrinted(run: TemplateRun, chars: number): void {
  run.printedChars += chars
  if (run.printedChars > MAX_PRINTED_CHARS)
    throw new TemplateError('this prints far more than a message can hold')
}
