import { findNearMiss } from '@postino/domain'
import { placeAt } from './place-at.ts'
import type { Tag } from './scan-tags.ts'
import { TemplateError } from './template-error.ts'

interface OpenBlock {
  tag: Tag
  hasElse: boolean
}

/** Checks that blocks are of the kinds we have, and that each is closed by its own end. Throws a TemplateError. */
export function checkBlocks(source: string, blocks: readonly Tag[]): void {
  const open: OpenBlock[] = []
  for (const tag of blocks) {
    const sentence = stepProblem(tag, open, source)
    if (sentence !== undefined) throw new TemplateError(sentence, placeAt(source, tag.index))
  }
  const unclosed = open.at(-1)
  if (unclosed === undefined) return
  const { word, index } = unclosed.tag
  throw new TemplateError(
    `{% ${word} %} is never closed: write {% end${word} %} where it ends.`,
    placeAt(source, index),
  )
}

/** Takes one tag into account; says what is wrong with it where it stands. */
function stepProblem(tag: Tag, open: OpenBlock[], source: string): string | undefined {
  switch (tag.word) {
    case 'raw':
    case 'verbatim':
      return tag.hasMore ? `Nothing else stands in {% ${tag.word} %}.` : undefined
    case 'if':
    case 'for':
      open.push({ tag, hasElse: false })
      return undefined
    case 'elif':
    case 'elseif':
      return elifProblem(tag, open.at(-1))
    case 'else':
      return elseProblem(tag, open.at(-1))
    case 'endif':
    case 'endfor':
      return endProblem(tag, open.pop(), source)
    default:
      return refusalOf(tag.word)
  }
}

function elifProblem({ word }: Tag, block: OpenBlock | undefined): string | undefined {
  if (block?.tag.word !== 'if') return `{% ${word} %} stands outside of {% if %}.`
  return block.hasElse ? `{% ${word} %} stands before {% else %}, not after it.` : undefined
}

function elseProblem({ hasMore }: Tag, block: OpenBlock | undefined): string | undefined {
  if (hasMore) return 'Nothing else stands in {% else %}. Another condition is written {% elif … %}.'
  if (block === undefined) return '{% else %} stands outside of {% if %} and {% for %}.'
  if (block.hasElse) return `There is a second {% else %} in one {% ${block.tag.word} %}.`
  block.hasElse = true
  return undefined
}

function endProblem(
  { word, hasMore }: Tag,
  block: OpenBlock | undefined,
  source: string,
): string | undefined {
  if (hasMore) return `Nothing else stands in {% ${word} %}.`
  const begin = word.slice('end'.length)
  if (block === undefined) return `{% ${word} %} closes a {% ${begin} %} that never began.`
  if (block.tag.word === begin) return undefined
  const { line, column } = placeAt(source, block.tag.index)
  return `Here {% end${block.tag.word} %} is expected, for the {% ${block.tag.word} %} of line ${line}, column ${column}.`
}

const WORDS = ['if', 'elif', 'else', 'endif', 'for', 'endfor', 'raw', 'endraw'] as const

function refusalOf(word: string): string {
  const refusal = REFUSALS.get(word)
  if (refusal !== undefined) return refusal
  if (!/^[A-Za-z]{1,20}$/.test(word)) return 'After “{%” a word such as if or for is expected.'
  const nearest = findNearMiss(word, WORDS)
  return nearest === undefined
    ? `There is no {% ${word} %}. There are {% if %} and {% for %}.`
    : `There is no {% ${word} %}. Did you mean {% ${nearest} %}?`
}

const NO_NAMES =
  'Templates keep no values under names of their own ({% set %}): write the field where it is needed.'
const NO_MACROS = 'Templates have no macros: write the text where it is needed.'
const STANDS_ALONE =
  'Each template stands for itself and takes nothing from another one: write the text here.'
const NO_SWITCH = 'Write {% if … %} … {% elif … %} … {% endif %} instead of {% switch %}.'
const NO_FILTER_BLOCK = 'A filter follows a value: {{ order.number | upper }}.'

/** What nunjucks or its relatives know, and what to write instead. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['set', NO_NAMES],
  ['endset', NO_NAMES],
  ['with', NO_NAMES],
  ['assign', NO_NAMES],
  ['macro', NO_MACROS],
  ['endmacro', NO_MACROS],
  ['call', NO_MACROS],
  ['endcall', NO_MACROS],
  ['include', STANDS_ALONE],
  ['import', STANDS_ALONE],
  ['from', STANDS_ALONE],
  ['extends', STANDS_ALONE],
  ['block', STANDS_ALONE],
  ['endblock', STANDS_ALONE],
  ['switch', NO_SWITCH],
  ['case', NO_SWITCH],
  ['default', NO_SWITCH],
  ['endswitch', NO_SWITCH],
  ['filter', NO_FILTER_BLOCK],
  ['endfilter', NO_FILTER_BLOCK],
  ['asyncEach', 'Write {% for item in order.items %} … {% endfor %}.'],
  ['asyncAll', 'Write {% for item in order.items %} … {% endfor %}.'],
  ['ifAsync', 'Write {% if … %} … {% endif %}.'],
  ['end', 'Write {% endif %} or {% endfor %}: whatever is to end here.'],
  ['endraw', '{% endraw %} ends a {% raw %} that never began.'],
  ['endverbatim', '{% endverbatim %} ends a {% verbatim %} that never began.'],
  ['comment', 'A comment is written {# … #}.'],
  ['unless', 'Write {% if not … %} … {% endif %}.'],
  ['break', 'A loop runs to its end; {% if loop.index <= 3 %} … {% endif %} shows its first entries only.'],
])
