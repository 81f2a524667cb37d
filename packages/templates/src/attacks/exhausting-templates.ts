/** A template, or data for one, that would take a careless engine long, or much memory. */
export interface ExhaustingTemplate {
  name: string
  source: string
  data?: Record<string, unknown>
  /** What is said of it; without it the template does its work. */
  refused?: string
}

const LONG = 'x'.repeat(100_000)
const BLANKS = ' '.repeat(100_000)
const INVISIBLE = '\u200d'.repeat(100_000)
const FAMILIES = '👨‍👩‍👧'.repeat(20_000)
const ACCENTS = `e${'\u0301'.repeat(100_000)}`
const ESCAPED = '<&">'.repeat(25_000)
const LISTED = Array.from({ length: 200 }, () => INVISIBLE.slice(0, 4096))
const NUMBERS = Array.from({ length: 100_000 }, (_, index) => index)
const CURRENCIES = NUMBERS.slice(0, 200).map((index) => ({ amount: '1', currency: currencyOf(index) }))
const ROWS = LISTED.map((name) => ({ name, cells: LISTED }))

function currencyOf(index: number): string {
  return `X${String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26))}`
}

function deep(depth: number): Record<string, unknown> {
  let data: Record<string, unknown> = { a: 'end' }
  for (let level = 0; level < depth; level += 1) data = { a: data }
  return data
}

function nested(open: string, close: string, times: number, inside = 'a'): string {
  return open.repeat(times) + inside + close.repeat(times)
}

const TOO_MUCH_WORK = 'does more work'

/** Refused by its source, whatever the data. */
const SOURCES: readonly ExhaustingTemplate[] = [
  {
    name: 'a range of a hundred million',
    source: '{{ range(100000000) }}',
    refused: 'cannot call functions',
  },
  {
    name: 'a hundred million blanks',
    source: '{{ "a" | center(100000000) }}',
    refused: 'no filter “center”',
  },
  { name: 'a deep indent', source: '{{ "a" | indent(100000000) }}', refused: 'no filter “indent”' },
  {
    name: 'a hundred million batches',
    source: '{{ [1] | batch(100000000, "x") }}',
    refused: 'no filter “batch”',
  },
  { name: 'a hundred million slices', source: '{{ [1] | slice(100000000) }}', refused: 'no filter “slice”' },
  {
    name: 'key and value loops in each other',
    source: nested('{% for k, v in a %}', '{% endfor %}', 16),
    refused: 'one name',
  },
  {
    name: 'three loops in each other',
    source: nested('{% for a in l %}', '{% endfor %}', 3),
    refused: 'not deeper',
  },
  {
    name: 'a macro that doubles itself',
    source: '{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}',
    refused: 'no macros',
  },
  {
    name: 'a text that doubles itself',
    source: '{% set a = "x" %}{% set a = a ~ a %}',
    refused: 'under names',
  },
  { name: 'a greedy regular expression', source: '{{ r/(a+)+$/ }}', refused: 'no regular expressions' },
  {
    name: 'a regular expression that never ends',
    source: '{{ r/((((a+)+)+',
    refused: 'no regular expressions',
  },
  {
    name: 'a separator of 8,000 characters',
    source: `{{ l | join("${'x'.repeat(7900)}") }}`,
    refused: 'at most 500 characters',
  },
  { name: 'blanks before a tag', source: `a${' '.repeat(7000)}{{- a }}`, refused: '200 or more blanks' },
  {
    name: 'lines before a tag',
    source: `a${'\n'.repeat(7000)}{%- if a %}{% endif %}`,
    refused: '200 or more blanks',
  },
  {
    name: 'kinds of blanks before a tag',
    source: `a${' \u00a0\u2003\t'.repeat(1800)}{{- a }}`,
    refused: '200 or more blanks',
  },
  { name: 'a thousand brackets', source: `{{ ${nested('(', ')', 1000)} }}`, refused: 'too many brackets' },
  {
    name: 'a thousand square brackets',
    source: `{{ ${nested('[', ']', 1000)} }}`,
    refused: 'too many brackets',
  },
  {
    name: 'brackets hidden behind quotes',
    source: `{{ ${'("))))"'.repeat(800)} }}`,
    refused: 'too many brackets',
  },
  {
    name: 'brackets hidden behind a number',
    source: `{{ 1.${'("))))"'.repeat(800)} }}`,
    refused: 'too many brackets',
  },
  {
    name: 'a thousand ifs in each other',
    source: nested('{% if a %}', '{% endif %}', 380),
    refused: 'at most 100 tags',
  },
  {
    name: 'fifty ifs in each other',
    source: nested('{% if a %}', '{% endif %}', 50),
    refused: 'nested too deeply',
  },
  {
    name: 'a hundred elifs',
    source: `{% if a %}${'{% elif a %}'.repeat(99)}{% endif %}`,
    refused: 'at most 100 tags',
  },
  { name: 'two thousand nots', source: `{{ ${'not '.repeat(1990)}a }}`, refused: 'nested too deeply' },
  { name: 'four thousand minus signs', source: `{{ ${'- '.repeat(3900)}a }}`, refused: 'do not calculate' },
  {
    name: 'a thousand filters on each other',
    source: `{{ a${'|trim'.repeat(1500)} }}`,
    refused: 'nested too deeply',
  },
  { name: 'a thousand ands', source: `{{ a${' and a'.repeat(1300)} }}`, refused: 'nested too deeply' },
  { name: 'a path of four thousand names', source: `{{ a${'.a'.repeat(3900)} }}`, refused: 'too many parts' },
  {
    name: 'a comparison of a thousand sides',
    source: `{{ a${' == a'.repeat(1500)} }}`,
    refused: 'two sides',
  },
  { name: 'calls of calls', source: `{{ a${'()'.repeat(3900)} }}`, refused: 'cannot call functions' },
  { name: 'a comment that never ends', source: '{#'.repeat(4000), refused: 'never closed' },
  { name: 'comments that never began', source: '#}'.repeat(4000), refused: 'never began' },
  {
    name: 'raw text that never ends',
    source: `{% raw %}${'{% raw %}'.repeat(800)}`,
    refused: 'never closed',
  },
  {
    name: 'raw text of almost ends',
    source: `{% raw %}${'{%  endra %}'.repeat(600)}`,
    refused: 'never closed',
  },
  { name: 'a text in quotes that never ends', source: `{{ "${'\\"'.repeat(3900)}`, refused: 'never closed' },
  { name: 'tags that never end', source: '{{'.repeat(4000), refused: 'never closed' },
  { name: 'two thousand tags', source: '{{a}}'.repeat(1600), refused: 'too many parts' },
  { name: 'a template of a megabyte', source: 'x'.repeat(1_000_000), refused: 'at most 8000 characters' },
]

/** Templates one may write, with data that is too much for them, or seems so. */
const RUNS: readonly ExhaustingTemplate[] = [
  {
    name: 'a loop in a loop over all the data',
    source: '{% for a in l %}{% for b in l %}{{ a }}{% endfor %}{% endfor %}',
    data: { l: NUMBERS },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'empty loops over all the data',
    source: '{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}'.repeat(25),
    data: { l: NUMBERS },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'rows of cells of invisible characters',
    source:
      '{% for row in rows %}{{ row.name }}{% for cell in row.cells %}{{ cell }}{% endfor %}{% endfor %}',
    data: { rows: ROWS },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'a list that says it is long',
    source: '{% for a in l %}{% endfor %}',
    data: { l: { length: 1e9 } },
    refused: 'over a list',
  },
  {
    name: 'a text to loop over',
    source: '{% for a in long %}{% endfor %}',
    data: { long: LONG },
    refused: 'over a list',
  },
  {
    name: 'one text printed for ever',
    source: '{% for a in l %}{{ long }}{% endfor %}',
    data: { l: NUMBERS, long: LONG },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'one text of escapes printed for ever',
    source: '{{ a }}'.repeat(30),
    data: { a: ESCAPED },
    refused: 'more than a message',
  },
  {
    name: 'markup printed for ever',
    source: `{% for a in l %}${'x'.repeat(7900)}{% endfor %}`,
    data: { l: NUMBERS },
    refused: 'more than a message',
  },
  {
    name: 'the same dirty text asked for again and again',
    source: `{% for a in l %}{% if b and c %}{% endif %}{% endfor %}`,
    data: { l: NUMBERS, b: INVISIBLE, c: `a${INVISIBLE}` },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'lists of long texts joined in a loop',
    source: '{% for a in l %}{{ l | join | length }}{% endfor %}',
    data: { l: LISTED },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'lists of long texts counted up in a loop',
    source: '{% for a in l %}{{ l | list | length }}{% endfor %}',
    data: { l: LISTED.map(() => FAMILIES) },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'filters of filters in loops',
    source: `{% for a in l %}{% for b in l %}{{ t${' | truncate(4000) | upper | lower'.repeat(5)} }}{% endfor %}{% endfor %}`,
    data: { l: NUMBERS, t: FAMILIES },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'families counted in a loop',
    source: '{% for a in l %}{% if (t | length) > 5000 %}{% endif %}{% endfor %}',
    data: { l: NUMBERS, t: FAMILIES },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'amounts of hundreds of currencies',
    source: '{% for a in l %}{% for b in l %}{{ b | money }}{% endfor %}{% endfor %}',
    data: { l: CURRENCIES },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'dates in loops',
    source:
      '{% for a in l %}{% for b in l %}{% if t | relative_day == (t | datetime("full")) %}{% endif %}{% endfor %}{% endfor %}',
    data: { l: NUMBERS, t: '2026-11-21T09:00:00Z' },
    refused: TOO_MUCH_WORK,
  },
  {
    name: 'a path of a thousand names in loops',
    source: `{% for a in l %}{% for b in l %}{% if d${'.a'.repeat(1000)} %}{% endif %}{% endfor %}{% endfor %}`,
    data: { l: NUMBERS, d: deep(5000) },
    refused: TOO_MUCH_WORK,
  },
  { name: 'a hundred thousand blanks trimmed', source: '{{ t | trim }}.', data: { t: BLANKS } },
  {
    name: 'a hundred thousand blanks asked for',
    source: '{% if t %}{% else %}.{% endif %}',
    data: { t: BLANKS },
  },
  {
    name: 'a hundred thousand blanks as a phone number',
    source: '{{ t | phone }}.',
    data: { t: `+${BLANKS}39` },
  },
  {
    name: 'a hundred thousand digits as a phone number',
    source: '{{ t | phone }}.',
    data: { t: `+${'1'.repeat(100_000)}` },
  },
  {
    name: 'a hundred thousand digits as an amount',
    source: '{{ t | money }}',
    data: { t: { amount: '1'.repeat(100_000), currency: 'EUR' } },
    refused: 'takes an amount',
  },
  {
    name: 'a hundred thousand digits as a time',
    source: '{{ t | date }}',
    data: { t: '1'.repeat(100_000) },
    refused: 'takes a time',
  },
  {
    name: 'a hundred thousand digits compared',
    source: '{% if t > 5 and t == t %}{% endif %}.',
    data: { t: '1'.repeat(100_000) },
  },
  {
    name: 'an address of a hundred thousand characters',
    source: '{{ t | link("a") }}',
    data: { t: `https://a.example/${LONG}` },
    refused: 'cannot be linked',
  },
  {
    name: 'a hundred thousand accents on one letter',
    source: '{{ t | truncate(1) }}{{ t | capitalize }}',
    data: { t: ACCENTS },
  },
  {
    name: 'twenty thousand families',
    source: '{{ t | truncate(4000) }}{{ t | last }}{{ t | first }}',
    data: { t: FAMILIES },
  },
  { name: 'a hundred thousand half characters', source: '{{ t }}', data: { t: '\ud83d'.repeat(100_000) } },
  { name: 'letters that grow', source: '{{ t | upper | upper | upper }}', data: { t: 'ΐ'.repeat(100_000) } },
  {
    name: 'a hundred thousand entries',
    source: '{{ l | join(", ") }}{{ l | length }}{{ l | first }}{{ l | last }}',
    data: { l: NUMBERS },
  },
  {
    name: 'a data of a hundred thousand fields',
    source: '{{ field7 | default("-") }}',
    data: Object.fromEntries(NUMBERS.map((index) => [`field${index}`, index])),
  },
  {
    name: 'data ten thousand deep',
    source: `{{ a${'.a'.repeat(200)} | default("-") }}`,
    data: { a: { a: 'x' } },
  },
  {
    name: 'a name of a hundred thousand characters',
    source: '{{ a.b | default("-") }}',
    data: { a: { [LONG]: 1 } },
  },
]

export const EXHAUSTING_TEMPLATES: readonly ExhaustingTemplate[] = [...SOURCES, ...RUNS]
