import { appendFileSync, readFileSync } from 'node:fs'
import type { Answer } from './tdlib.ts'

const RECORD = new URL('../../packages/emulator/src/html/recorded-tdlib-answers.jsonl', import.meta.url)
const MAX_ANSWERS = 400

/** Adds answers to what the emulator is compared with where Telegram's library is not installed; says how many were new. */
export function writeRecord(answers: ReadonlyMap<string, Answer>): number {
  const known = readFileSync(RECORD, 'utf8')
  const lines = Array.from(answers, ([source, answer]) => JSON.stringify({ mode: 'html', source, answer }))
    // Of a date Telegram's answer is kept without its format.
    .filter((line) => !known.includes(line) && !line.includes('date_time'))
    .slice(0, MAX_ANSWERS)
  appendFileSync(RECORD, lines.map((line) => `${line}\n`).join(''))
  return lines.length
}
