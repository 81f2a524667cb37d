import * as fc from 'fast-check'

const PRINTS = [
  ['{{ extra.a | default("-") }}'],
  ['{{ extra.b | default("") }}'],
  ['{{ extra.b | default("") | truncate(7) }}'],
  ['{{ extra.b | default("<") | upper }}'],
  ['{% if extra.list %}', '{{ extra.list | join("<") }}', '{% endif %}'],
  ['{{ "</b>" }}'],
]
const CONDITIONS = [
  'extra.a',
  'extra.b',
  'not extra.b',
  'extra.list',
  'extra.a == extra.b',
  'extra.a is defined',
]
const TEXTS = [
  'R&D ',
  '& ',
  ' ',
  '\n',
  '\n\n\n',
  ...`Ciao &lt; &amp; &quot; &#128077; ; " ' > lt; 😀`.split(' '),
  'x'.repeat(60),
]
const NOISE = [
  '<a href="',
  '<i\u00a0>',
  '<a HREF="',
  '<u x="{{ extra.b }}">',
  '{{ extra.b }}',
  '{% if extra.b %}',
  '{% endif %}',
  '{# x #}',
].concat('< </ & &# &#5 &l <b <b> </b> </a> "> <code> </> <br> &nbsp; ** </u>'.split(' '))
const STYLES = [
  ...['b', 'i', 'u', 's'].map((name) => [`<${name}>`, `</${name}>`] as const),
  ['<STRONG>', '</Strong >'] as const,
]
const FRAMES = [
  ['<tg-spoiler>', '</tg-spoiler>'] as const,
  ['<span class="tg-spoiler">', '</span>'] as const,
  ['<blockquote>', '</blockquote>'] as const,
  ['<blockquote expandable>', '</blockquote>'] as const,
  ['<a href="https://shop.example/?a=1&amp;b=2">', '</a>'] as const,
  ['<a href="{{ extra.url | default("https://shop.example/") }}">', '</a>'] as const,
]
const CODES = [
  ['<code>', '</code>'] as const,
  ['<pre>', '</pre>'] as const,
  ['<pre><code class="language-c++">', '</code></pre>'] as const,
  ['<tg-emoji emoji-id="5368324170671202286">', '</tg-emoji>'] as const,
  ['<tg-time unix="1795000000" format="wDT">', '</tg-time>'] as const,
]

type Tokens = fc.Arbitrary<string[]>

/** The tokens of a template whose markup Telegram knows: values in code, in styles, and in everything. */
const { block } = fc.letrec<{ value: string[]; inline: string[]; block: string[] }>((tie) => ({
  value: severalOf(fc.constantFrom(...TEXTS.map((text) => [text]), ...PRINTS), branched(tie('value'))),
  inline: severalOf(
    tie('value'),
    tagged(STYLES, tie('inline')),
    branched(tie('inline')),
    looped(tie('inline')),
  ),
  block: severalOf(
    tie('inline'),
    tagged(FRAMES, tie('inline')),
    tagged(CODES, tie('value')),
    branched(tie('block')),
    fc.constantFrom(
      ['{{ extra.url | default("") | link("Apri <ora>") }}'],
      ['{% for row in extra.rows %}', '<a href="{{ row.url }}">', '{{ row.name }}', '</a>', '{% endfor %}'],
    ),
  ),
}))

function severalOf(...nodes: Tokens[]): Tokens {
  const node = fc.oneof({ maxDepth: 4, depthSize: 'small', withCrossShrink: true }, ...nodes)
  return fc.array(node, { maxLength: 3 }).map((several) => several.flat())
}

function tagged(tags: readonly (readonly [string, string])[], inner: Tokens): Tokens {
  return fc.tuple(fc.constantFrom(...tags), inner).map(([[start, end], held]) => [start, ...held, end])
}

function branched(inner: Tokens): Tokens {
  return fc
    .tuple(fc.constantFrom(...CONDITIONS), inner, inner)
    .map(([condition, then, otherwise]) => [
      `{% if ${condition} %}`,
      ...then,
      '{% else %}',
      ...otherwise,
      '{% endif %}',
    ])
}

function looped(inner: Tokens): Tokens {
  return inner.map((held) => [
    '{% for x in extra.list %}',
    '{{ x }}',
    ...held,
    '{% else %}',
    '-',
    '{% endfor %}',
  ])
}

const slip = fc.record({ at: fc.nat(), noise: fc.constantFrom('', ...NOISE), taken: fc.nat({ max: 1 }) })

/** A template as somebody might write it, some with a slip of the pen or two, that reads what `hostileData` gives. */
export const templateSource: fc.Arbitrary<string> = fc
  .tuple(block, fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, fc.array(slip, { maxLength: 2 })))
  .map(([tokens, slips]) => {
    const written = ['Ciao ', ...tokens]
    for (const { at, noise, taken } of slips) written.splice(at % (written.length + 1), taken, noise)
    return written.join('')
  })
