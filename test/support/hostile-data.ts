import * as fc from 'fast-check'

const SIGNS = `< > & " ' / = ; # &# &lt &lt; lt; #55357; #0; x41; 55357 a 1 Anna`.split(' ')
const HALF_TAGS = '<b> </b> </ <a href=" "> </a> <a> </tg-spoiler> </code> </pre> </blockquote> <!--'.split(
  ' ',
)
const OTHER_LANGUAGES = '{{extra.a}} {%if {# #} ** _ ` [x](https://evil.example)'.split(' ')
const LINKED_BY_TELEGRAM =
  't.me/x @name /start https://evil.example a@b.example +393471234567 #tag $EUR'.split(' ')
const BLANKS = [
  '\n',
  '\n\n\n',
  '\r\n',
  '\t',
  ' ',
  '   ',
  '\u00a0',
  '\u2028',
  '\u0000',
  '\u000b',
  '\u001b',
  '\u0085',
]
const INVISIBLE = Array.from('\u200b\u200d\u202e\u2066\u200f\u2800\u3164\ufffc\u0301\u030a').concat(
  '\ud83d',
  '\udc4d',
)
const LETTERS = '👍🏽 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇮🇹 é مرحبا שלום नमस्ते 葛󠄀'.split(' ')
const LONG = ['<', '"', '😀', 'ab ', 'x'].map((part) => part.repeat(Math.floor(4_096 / part.length)))

/** What a customer, or whoever writes into a shop's order form, might write. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc
      .array(
        fc.oneof(
          fc.constantFrom(...SIGNS, ...HALF_TAGS, ...OTHER_LANGUAGES, ...LINKED_BY_TELEGRAM),
          fc.constantFrom(...BLANKS, ...INVISIBLE, ...LETTERS),
          fc.string({ unit: 'binary', maxLength: 3 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
    weight: 9,
  },
  fc.constantFrom('', ' ', ...LONG),
)

const BAD_ADDRESSES = [
  '',
  'javascript:alert(1)',
  'tg://user?id=1',
  'https://bank.example@evil.example',
  'https://localhost/',
  'https://shop.example/"><b>',
  'https://shop.example/a\nb',
  'https://shop.example/\u202e',
]
const ODD_ADDRESSES = [
  'https://shop.example/&lt;',
  "https://shop.example/'",
  'https://shop.example/?a=1&b=2&copy;=3',
  'https://пошта.укр/відстеження',
]

const hostileAddress = fc.oneof(
  { arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }), weight: 3 },
  fc.constantFrom(...BAD_ADDRESSES, ...ODD_ADDRESSES),
  hostileText.map((text) => `https://shop.example/${text}`),
)

/** Values for the fields that random templates name. */
export const hostileData: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    a: fc.oneof(hostileText, hostileText, fc.integer(), fc.constant(null), fc.boolean()),
    b: hostileText,
    url: hostileAddress,
    list: fc.array(hostileText, { maxLength: 4 }),
    rows: fc.array(fc.record({ name: hostileText, url: hostileAddress }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
)
