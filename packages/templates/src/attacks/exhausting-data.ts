import type { ExhaustingTemplate } from './exhausting-sources.ts'

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

const TOO_MUCH_WORK = 'does more work'

/** Templates one may write, with data that is too much for them, or seems so. */
export const EXHAUSTING_DATA: readonly ExhaustingTemplate[] = [
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
    name: 'accents in the wrong order',
    source: '{% for a in l %}{{ t }}{{ u }}{% endfor %}',
    data: {
      l: NUMBERS,
      t: `e${'\u0301'.repeat(2000)}${'\u0323'.repeat(2000)}`,
      u: `e${'\u0301\u0323'.repeat(2000)}`,
    },
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
    name: 'a path of seven hundred names in loops',
    source: `{% for a in l %}{% for b in l %}{% if d${'.a'.repeat(700)} %}{% endif %}{% endfor %}{% endfor %}`,
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
