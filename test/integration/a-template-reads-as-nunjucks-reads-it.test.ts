import { createRegions, prepareTemplate, readTemplate } from '@postino/templates/bench.ts'
import * as fc from 'fast-check'
import nunjucks from 'nunjucks'
import { expect, test } from 'vitest'

// nunjucks runs what this test writes itself; whatever others write, it parses at most.

const DATA = { a: 'x', b: '<&', none: '', n: 3, list: ['p', 'q'], rows: [{ cells: ['r'] }, { cells: [] }] }

const region = createRegions()('en', 'UTC')
const environment = new nunjucks.Environment(null, { autoescape: true })

const blank = fc.constantFrom('', ' ', '\n', ' \n\t', '\u00a0', '\r\n')
const words = fc
  .tuple(blank, fc.constantFrom('', 'word', '{.', '}', '#.', '%', '<b>', '{ .', '-'), blank)
  .map((parts) => parts.join(''))
const dash = fc.constantFrom('', '', '-')
const tag = (inside: string) =>
  fc.tuple(dash, blank, blank, dash).map(([left, a, b, right]) => `{%${left}${a}${inside}${b}${right}%}`)
const value = fc.constantFrom(
  'a',
  'b',
  'n',
  'list[1]',
  'rows[0].cells[0]',
  '"quoted"',
  'a if none else b',
  'a if none',
  'none or b',
  'a and n',
  '(b)',
  '5',
  '1.5',
  'true',
)
const condition = fc.constantFrom(
  'a',
  'none',
  'missing',
  'not a',
  'not none and b',
  'n == 3',
  'n != 3',
  'n > 2 and n <= 3',
  'a == "x" or missing',
  'a is defined',
  'missing is defined',
  'missing is not defined',
  'missing is undefined',
  'not (a == b)',
  'a === "x"',
  'list[0] !== "p"',
)
const print = fc.tuple(dash, value, dash).map(([left, inside, right]) => `{{${left} ${inside} ${right}}}`)
const comment = fc.tuple(dash, dash).map(([left, right]) => `{#${left} {{ a }} {% if %} ${right}#}`)
const raw = fc.constantFrom(
  '{% raw %} {{ a }} {%endraw%}',
  '{% raw %}{% if %}{% raw %}{% endraw %}{% endraw %}',
  '{% verbatim -%} {{ {% endverbatim %}',
)
const { block } = fc.letrec<{ block: string; part: string }>((tie) => ({
  block: fc.array(tie('part'), { maxLength: 5, depthIdentifier: 'block' }).map((parts) => parts.join('')),
  part: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'block' },
    words,
    print,
    comment,
    raw,
    fc
      .tuple(
        condition.chain((c) => tag(`if ${c}`)),
        tie('block'),
        condition.chain((c) => tag(`elif ${c}`)),
        tie('block'),
        tag('else'),
        tie('block'),
        tag('endif'),
      )
      .map((parts) => parts.join('')),
    fc
      .tuple(
        condition.chain((c) => tag(`if ${c}`)),
        tie('block'),
        tag('endif'),
      )
      .map((parts) => parts.join('')),
  ),
}))
const loop = fc
  .tuple(
    tag('for row in rows'),
    block,
    tag('for cell in row.cells'),
    block,
    print,
    tag('else'),
    block,
    tag('endfor'),
    tag('endfor'),
  )
  .map(([open, before, inner, inside, shown, otherwise, last, close, end]) =>
    [
      open,
      before,
      '{{ loop.index }}{{ loop.last }}',
      inner,
      inside,
      '{{ cell }}{{ loop.first }}{{ loop.revindex0 }}',
      shown,
      otherwise,
      last,
      close,
      end,
    ].join(''),
  )

test('blanks, comments, raw text, conditions and loops come out as nunjucks has them', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        block,
        fc.tuple(words, loop, block).map((parts) => parts.join('')),
      ),
      (source) => {
        const ours = prepareTemplate(readTemplate(source))({ data: DATA, region, nowMs: 0 }, 'html')
        expect(ours).toBe(environment.renderString(source, DATA))
      },
    ),
    { numRuns: 1_000 },
  )
})
