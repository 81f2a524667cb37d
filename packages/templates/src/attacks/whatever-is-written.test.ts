import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FILTERS } from '../filters/all-filters.ts'
import { TemplateError } from '../language/template-error.ts'
import type { Block, Expression, Part, Path } from '../language/tree.ts'
import { createRegions } from '../locale/region.ts'
import { runTemplate } from '../run/run-template.ts'
import { cleanText } from '../text/clean-text.ts'
import { attempt } from './attempt.ts'

const PLACE = { line: 1, column: 1 }
const NAMES = ['a', 'b', 'list', 'group', 'loop', 'constructor', 'toString'] as const

// Sources: pieces of the language, and whatever else people type, in any order.
const piece = fc.oneof(
  fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '{{-',
    '-}}',
    '{%-',
    '-%}',
    'if ',
    'elif ',
    'else',
    'endif',
    'for ',
    'a in list',
    ' in ',
    'endfor',
    'raw',
    'endraw',
    'set ',
    'not ',
    'and ',
    'or ',
    'is ',
    'defined',
    '|',
    'upper',
    'default(',
    'truncate(3)',
    'link("x")',
    'join',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '.',
    ',',
    ':',
    '==',
    '<',
    '~',
    '+',
    '-',
    '**',
    '"',
    "'",
    '\\',
    'r/',
    '/',
    ' ',
    '\n',
    '0',
    '1.5',
    'true',
    'none',
    'constructor',
    '__proto__',
    'loop.index',
    'a',
    'b.c',
    '<b>',
    '</b>',
    '\u0000',
    '\ud83d',
    '\u2028',
    '😀',
  ),
  fc.constantFrom(
    '{% if a %}',
    '{% endif %}',
    '{% for a in list %}',
    '{% endfor %}',
    '{% else %}',
    '{{ a }}',
    '{{ group.a | upper }}',
    '{% raw %}',
    '{% endraw %}',
    '{{ list | join }}',
    '{{ loop.index }}',
    '{# c #}',
    '{% if a == b %}',
    '{{ a | default("x") }}',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)

// Data: what JSON holds, and texts that are hard to clean, to cut and to count.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '2026-11-21T09:00:00Z',
    '49.90',
    'EUR',
    '<b>',
    'x'.repeat(5000),
    `${'x'.repeat(4095)}😀`,
    '\u200d'.repeat(5000),
  ),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'amount', 'currency', 'name'), tie('value'), { maxKeys: 3 }),
    fc.constantFrom(
      Array.from({ length: 300 }, () => 'y'),
      { amount: '1.00', currency: 'EUR' },
    ),
  ),
}))
const data: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(fc.constantFrom(...NAMES), value, {
  maxKeys: 5,
})

// Trees, also such as no source gives.
const path: fc.Arbitrary<Path> = fc.record({
  type: fc.constant('path'),
  root: fc.constantFrom(...NAMES),
  keys: fc.array(
    fc.oneof(fc.constantFrom('a', 'b', 'index', 'last', 'constructor', 'length'), fc.nat({ max: 3 })),
    { maxLength: 3 },
  ),
  place: fc.constant(PLACE),
})
const argument = fc.oneof(
  fc.constantFrom('x', 'short', '', 'name', 'a', 'b', 3, 0, 4000, -1, true, null),
  text,
)
const filters = [...FILTERS]
const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const inner = tie('expression')
  const place = fc.constant(PLACE)
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'expression' },
      path,
      fc.record({
        type: fc.constant('literal'),
        value: fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null)),
        place,
      }),
      fc
        .record({
          entry: fc.constantFrom(...filters),
          input: inner,
          arguments: fc.array(argument, { maxLength: 4 }),
        })
        .map(({ entry: [name, filter], ...rest }) => ({
          type: 'filter' as const,
          name,
          filter,
          ...rest,
          place: PLACE,
        })),
      fc.record({ type: fc.constant('is_defined'), value: inner, negated: fc.boolean(), place }),
      fc.record({ type: fc.constantFrom('and', 'or'), left: inner, right: inner, place }),
      fc.record({ type: fc.constant('not'), value: inner, place }),
      fc.record({
        type: fc.constant('compare'),
        operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
        left: inner,
        right: inner,
        place,
      }),
      fc.record({
        type: fc.constant('choose'),
        condition: inner,
        whenTrue: inner,
        otherwise: fc.option(inner, { nil: undefined }),
        place,
      }),
    ),
  }
})
const { block } = fc.letrec<{ block: Block; part: Part }>((tie) => {
  const place = fc.constant(PLACE)
  const name = fc.constant('it')
  const body = tie('block')
  return {
    block: fc.array(tie('part'), { maxLength: 4, depthIdentifier: 'block' }),
    part: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'block' },
      fc.record({ type: fc.constant('print'), value: expression, name, place }),
      fc.record({ type: fc.constant('markup'), source: text, place }),
      fc.record({ type: fc.constant('link'), address: expression, text, name, place }),
      fc.record({
        type: fc.constant('if'),
        branches: fc.array(fc.record({ condition: expression, body }), { minLength: 1, maxLength: 2 }),
        otherwise: body,
        place,
      }),
      fc.record({
        type: fc.constant('for'),
        variable: fc.constantFrom('a', 'b', 'c'),
        list: path,
        body,
        otherwise: body,
        place,
      }),
    ),
  }
})

const regionOf = createRegions()

function run(tree: Block, from: Record<string, unknown>, kind: 'html' | 'plain' = 'html'): string {
  try {
    return runTemplate(tree, { data: from, region: regionOf('it-IT', 'Europe/Rome'), nowMs: 0 }, kind)
  } catch (error) {
    if (error instanceof TemplateError) return `refused: ${error.message}`
    throw error
  }
}

test('whatever is written, it is a template or a TemplateError says why not, and both soon', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), data, (pieces, from) => {
      const { cpuMs, printed, refused } = attempt(pieces.join(''), from)
      expect(printed ?? refused).toEqual(expect.any(String))
      expect(cpuMs).toBeLessThan(200)
    }),
    { numRuns: 2000 },
  )
})

test('whatever repeats itself as often as it may, is answered soon', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const source = pieces.join('').repeat(2000).slice(0, 8000).toWellFormed()
      expect(attempt(source).cpuMs).toBeLessThan(200)
    }),
    { numRuns: 300 },
  )
})

test('whatever the tree and the data, the same is printed each time, of bounded length, or a TemplateError is thrown', () => {
  fc.assert(
    fc.property(block, data, (tree, from) => {
      const before = JSON.stringify(from)
      const printed = run(tree, from)
      expect(printed.length).toBeLessThan(400_000)
      expect(run(tree, from)).toBe(printed)
      expect(JSON.stringify(from)).toBe(before)
      run(tree, from, 'plain')
    }),
    { numRuns: 2000 },
  )
})

const TOO_MUCH = 'refused: this does more work'

test('reading data as it is asked for is the same as copying, cutting and cleaning all of it first', () => {
  fc.assert(
    fc.property(block, data, (tree, from) => {
      const read = run(tree, from)
      // Cleaning is work: what is clean already may leave enough for what else there is to do.
      if (!read.startsWith(TOO_MUCH)) expect(run(tree, Object(copyOf(from)))).toBe(read)
    }),
    { numRuns: 2000 },
  )
})

test('values make no markup: without links, what is printed of them has no bracket and no lone quote', () => {
  fc.assert(
    fc.property(expression, data, (shown, from) => {
      const printed = run([{ type: 'print', value: shown, name: 'it', place: PLACE }], from)
      if (!printed.startsWith('refused: ')) expect(printed).not.toMatch(/[<>"]|&(?!(?:lt|gt|amp|quot);)/)
    }),
    { numRuns: 1000 },
  )
})

/** Without prototypes, frozen, texts cut and cleaned, lists cut. */
function copyOf(original: unknown): unknown {
  if (typeof original === 'string') {
    const cut = original.slice(0, 4096)
    return cleanText(/[\ud800-\udbff]$/.test(cut) && original.length > 4096 ? cut.slice(0, -1) : cut)
  }
  if (typeof original === 'number') return Number.isFinite(original) ? original : undefined
  if (typeof original !== 'object' || original === null) return original
  if (Array.isArray(original)) return Object.freeze(original.slice(0, 200).map(copyOf))
  const fields = Object.entries(original).map(([name, field]) => [name, copyOf(field)])
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(fields)))
}
