import { isDeepStrictEqual, parseArgs } from 'node:util'
import { parseHtml } from '@postino/emulator'
import { checkHtml } from '@postino/templates'
import * as fc from 'fast-check'
import { STRICTER_ON_PURPOSE } from './reasons.ts'
import { writeRecord } from './record.ts'
import { anyMarkup, FIRST_LINE, hiddenHtml, renderedHtml, starterHtml } from './sources.ts'
import { openTdlib, type Answer } from './tdlib.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    // Writes the answers to a few hundred of the sources into the emulator's record.
    record: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const telegram = openTdlib()

const counts = new Map<string, number>()
const problems: string[] = []
const interesting = new Map<string, Answer>()
const kept = new Map<string, number>()
const KEPT_OF_EACH_SORT = { parsed: 25, refused: 3 }
const MAX_KEPT_CHARS = 400
const MAX_SENT_BYTES = 32_768

for (const html of starterHtml()) judgeRendered(html, 'starter texts')
for (const all of fc.sample(renderedHtml, { numRuns: Math.ceil(runs / 20), seed }))
  for (const html of all) judgeRendered(html, 'random templates')
for (const html of fc.sample(hiddenHtml, { numRuns: Math.ceil(runs / 10), seed })) judgeHidden(html)
for (const html of fc.sample(anyMarkup(), { numRuns: runs, seed })) judgeMarkup(html)

for (const what of [...counts.keys()].toSorted((left, right) => left.localeCompare(right)))
  console.log(`${String(counts.get(what)).padStart(9)}  ${what}`)
if (values.record) console.log(`${writeRecord(interesting)} answers recorded`)
console.log(
  problems.length === 0
    ? `Telegram agrees (seed ${seed}).`
    : `${problems.length} differences (seed ${seed}):`,
)
for (const problem of problems.slice(0, 20)) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1

/** What we send Telegram takes, sees as we do, and links where we link. */
function judgeRendered(html: string, what: string): void {
  count(what)
  // What is longer is cut before it is sent.
  if (Buffer.byteLength(html) > MAX_SENT_BYTES) return
  const answer = compareWithEmulator(html)
  const check = checkHtml(html)
  if (check.status === 'invalid')
    problems.push(`rendered, but we refuse it (${check.detail}): ${JSON.stringify(html)}`)
  if (answer.status === 'refused')
    problems.push(`rendered, and Telegram refuses it (${answer.description}): ${JSON.stringify(html)}`)
  if (html.length < MAX_KEPT_CHARS) keep(what, html, answer)
}

/** Of a hidden text Telegram shows the line above it, and nothing else before a tap. */
function judgeHidden(html: string): void {
  count('hidden texts')
  const answer = telegram.settle(html)
  if (answer.status === 'refused') {
    problems.push(`hidden, and Telegram refuses it (${answer.description}): ${JSON.stringify(html)}`)
    return
  }
  const seen = answer.text.split('')
  for (const { type, offset, length } of answer.entities)
    if (type === 'spoiler') seen.fill('', offset, offset + length)
  if (seen.join('').trim() !== FIRST_LINE)
    problems.push(`Telegram shows ${JSON.stringify(seen.join(''))} of ${JSON.stringify(html)}`)
}

/** What we take Telegram takes; what it takes and we do not, we refuse for a reason. */
function judgeMarkup(html: string): void {
  const answer = compareWithEmulator(html)
  const check = checkHtml(html)
  if (check.status === 'valid') {
    count('markup both take')
    if (answer.status === 'refused')
      problems.push(`we take what Telegram refuses (${answer.description}): ${JSON.stringify(html)}`)
    else if (check.text !== answer.text)
      problems.push(`we see ${JSON.stringify(check.text)}, Telegram ${JSON.stringify(answer.text)}`)
    else if (linksIn(html) > answer.entities.filter(({ type }) => type === 'text_link').length)
      problems.push(`Telegram drops a link: ${JSON.stringify(html)}`)
    keep('valid', html, answer)
  } else if (answer.status === 'refused') {
    count('markup nobody takes')
    keep(answer.description.replaceAll(/\d+/g, ''), html, answer)
  } else {
    const known = STRICTER_ON_PURPOSE.find(({ detail }) => detail.test(check.detail))
    count(`stricter: ${known?.reason ?? check.detail}`)
    if (known === undefined)
      problems.push(`we refuse without a reason (${check.detail}): ${JSON.stringify(html)}`)
    keep(known?.reason ?? '', html, answer)
  }
}

function compareWithEmulator(html: string): Answer {
  const answer = telegram.parse(html)
  const parsed = parseHtml(html)
  const ours =
    parsed.status === 'refused'
      ? parsed
      : { ...parsed, entities: parsed.entities.map((entity) => ({ ...entity, date_time_format: undefined })) }
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(ours)), JSON.parse(JSON.stringify(answer))))
    problems.push(
      `the emulator says ${JSON.stringify(ours)}, Telegram ${JSON.stringify(answer)}: ${JSON.stringify(html)}`,
    )
  return answer
}

/** Of links with a text: one around nothing is none. */
function linksIn(html: string): number {
  return html.match(/<a href="[^"]*">(?:<\/?[bisu]>)*[^<]/g)?.length ?? 0
}

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

/** A few of each sort, the first ones met. */
function keep(sort: string, html: string, answer: Answer): void {
  const met = (kept.get(sort) ?? 0) + 1
  kept.set(sort, met)
  if (met <= KEPT_OF_EACH_SORT[answer.status]) interesting.set(html, answer)
}
