/** A template, or data for one, that would take a careless engine long, or much memory. */
export interface ExhaustingTemplate {
  name: string
  source: string
  data?: Record<string, unknown>
  /** What is said of it; without it the template does its work. */
  refused?: string
}

/** Refused by their source, whatever the data. */
export const EXHAUSTING_SOURCES: readonly ExhaustingTemplate[] = [
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
  {
    name: 'five hundred nots',
    source: `{{ ${'not '.repeat(500)}a }}`,
    refused: 'nested too deeply',
  },
  {
    name: 'five hundred filters on each other',
    source: `{{ a${'|trim'.repeat(500)} }}`,
    refused: 'nested too deeply',
  },
  {
    name: 'seven hundred minus signs',
    source: `{{ ${'- '.repeat(700)}a }}`,
    refused: 'do not calculate',
  },
  {
    name: 'a comparison of four hundred sides',
    source: `{{ a${' == a'.repeat(400)} }}`,
    refused: 'two sides',
  },
  { name: 'two thousand nots', source: `{{ ${'not '.repeat(1990)}a }}`, refused: 'too many parts' },
  { name: 'four thousand minus signs', source: `{{ ${'- '.repeat(3900)}a }}`, refused: 'too many parts' },
  {
    name: 'a thousand filters on each other',
    source: `{{ a${'|trim'.repeat(1500)} }}`,
    refused: 'too many parts',
  },
  { name: 'a thousand ands', source: `{{ a${' and a'.repeat(1300)} }}`, refused: 'too many parts' },
  { name: 'a path of four thousand names', source: `{{ a${'.a'.repeat(3900)} }}`, refused: 'too many parts' },
  {
    name: 'a comparison of a thousand sides',
    source: `{{ a${' == a'.repeat(1500)} }}`,
    refused: 'too many parts',
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

function nested(open: string, close: string, times: number, inside = 'a'): string {
  return open.repeat(times) + inside + close.repeat(times)
}
