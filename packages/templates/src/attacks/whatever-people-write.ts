import * as fc from 'fast-check'
import { FILTERS } from '../filters/all-filters.ts'
import type { Block, Expression, Part, Path } from '../language/tree.ts'

export const PLACE = { line: 1, column: 1 }
const NAMES = ['a', 'b', 'list', 'group', 'loop', 'constructor', 'toString'] as const

// Sources: pieces of the language, and whatever else people type, in any order.
export const piece = fc.oneof(
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
export const data: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(fc.constantFrom(...NAMES), value, {
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
export const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
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

export const { block } = fc.letrec<{ block: Block; part: Part }>((tie) => {
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
