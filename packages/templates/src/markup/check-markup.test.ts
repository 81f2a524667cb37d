import { expect, test } from 'vitest'
import { readTemplate } from '../language/read-template.ts'
import { checkMarkup } from './check-markup.ts'

function findingsOf(source: string): string[] {
  return checkMarkup(readTemplate(source)).map(({ code, place }) => `${place.line}:${place.column} ${code}`)
}

function messagesOf(source: string): string {
  return checkMarkup(readTemplate(source))
    .map(({ message }) => message)
    .join('\n')
}

test.each([
  '',
  'Ciao <b>{{ name }}</b>, <i>ecco <u>qui</u></i>!',
  '{% if a %}<b>{{ a }}</b>{% elif b %}<i>b</i>{% else %}c{% endif %}',
  '<b>{% if a %}<i>{{ a }}</i>{% endif %}{% for x in list %}{{ x }}<u>,</u>{% else %}-{% endfor %}</b>',
  '<a href="{{ order.url }}">{{ order.number }}</a>',
  '<a\n href="{{ order.url }}" >x</a> <A href="https://shop.example/?a=1&amp;b=2&c">y</A>',
  '{{ order.url | link("Apri") }} <b>{{ order.url | link("Apri") }}</b>',
  '<pre><code class="language-c++">{{ x }}</code></pre> <pre>{{ x }}</pre> <code>{{ x }}</code>',
  '<blockquote expandable>{{ x }}<b>y</b></blockquote> <blockquote>z</blockquote>',
  '<tg-spoiler>{{ x }}<b>y</b> <a href="https://shop.example/z">z</a></tg-spoiler> <span class="tg-spoiler">a</span>',
  '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji> <tg-time unix="1795000000" format="wDT">5/12</tg-time>',
  'AT&T, R & D, 5 &lt; 6 &amp; {{ x }} &quot;',
  '2 * 3 * 4 = 24, * uno\n* due, ____, ***, un_nome_qui e * {{ x }}',
  'https://shop.example/a_b_c_d <code>*{{ x }}*</code> <code>__init__</code>',
  '{# <b> #}{% raw %}<b>{{ x }}</b>{% endraw %}',
  'Q&A',
])('%s is accepted', (source) => {
  expect(checkMarkup(readTemplate(source))).toEqual([])
})

test.each([
  // A branch leaves open what it found open.
  ['{% if a %}<b>{% endif %}x', '1:11 markup_crosses_branch'],
  ['<b>{% if a %}</b>{% endif %}', '1:1 markup_not_closed 1:14 markup_crosses_branch'],
  ['{% for x in list %}<i>{{ x }}{% endfor %}', '1:20 markup_crosses_branch'],
  ['{% for x in list %}a{% else %}</i>{% endfor %}', '1:31 markup_closes_nothing'],
  ['{% if a %}<b>{% else %}</b>{% endif %}', '1:11 markup_crosses_branch 1:24 markup_closes_nothing'],
  ['{% if a %}<b{% endif %}>x</b>', '1:11 markup_split_tag 1:26 markup_closes_nothing'],
  ['<{% if a %}b{% else %}i{% endif %}>x', '1:1 markup_split_tag'],
  // A tag is closed, in order.
  ['<b>a', '1:1 markup_not_closed'],
  ['a</b>', '1:2 markup_closes_nothing'],
  ['<b><i>a</b></i>', '1:8 markup_nesting 1:12 markup_closes_nothing'],
  // A value stands between tags or is the whole of an address.
  ['<{{ a }}>x', '1:1 markup_split_tag'],
  ['</{{ a }}>x', '1:1 markup_split_tag'],
  ['<b {{ a }}>x</b>', '1:1 markup_split_tag'],
  ['<b\n{{ a }}>x</b>', '1:1 markup_split_tag'],
  ['<a href="https://shop.example/{{ a }}">x</a>', '1:1 markup_split_tag'],
  ['<a href="{{ a }}{{ b }}">x</a>', '1:1 markup_split_tag'],
  ['<a href="{{ a }} ">x</a>', '1:1 markup_split_tag'],
  ['<a href=" {{ a }}">x</a>', '1:1 markup_split_tag'],
  ['<a href="{{ a }}" title="b">x</a>', '1:1 markup_split_tag'],
  ['<a href={{ a }}>x</a>', '1:1 markup_split_tag'],
  ["<a href='{{ a }}'>x</a>", '1:1 markup_split_tag'],
  ['<a href="{% if a %}{{ a }}{% else %}https://shop.example{% endif %}">x</a>', '1:1 markup_split_tag'],
  ['<a HREF="{{ a }}">x</a>', '1:1 markup_split_tag'],
  ['<tg-emoji emoji-id="{{ a }}">x</tg-emoji>', '1:1 markup_split_tag'],
  // Tags and attributes Telegram knows.
  ['a<br>b', '1:2 markup_unknown_tag'],
  ['a<br/>b<BR />', '1:2 markup_unknown_tag 1:8 markup_unknown_tag'],
  ['<p>a</p>\n<div class="x">b</div>', '1:1 markup_unknown_tag 2:1 markup_unknown_tag'],
  ['a</div>', '1:2 markup_unknown_tag'],
  ['<b onclick="x">a</b>', '1:1 markup_attribute'],
  ['<b class=x>a</b>', '1:1 markup_attribute'],
  ['<b/>', '1:1 markup_attribute 1:1 markup_not_closed'],
  ['<b\u00a0>a</b>', '1:1 markup_attribute'],
  ['<span>a</span>', '1:1 markup_attribute'],
  ['<code class="language-c">a</code>', '1:1 markup_attribute'],
  ['<tg-emoji emoji-id="99999999999999999999">a</tg-emoji>', '1:1 markup_attribute'],
  ['<tg-time unix="1" format="x">a</tg-time>', '1:1 markup_attribute'],
  ['<!-- a -->b', '1:1 markup_bracket'],
  ['1 < 2 <3 <', '1:3 markup_bracket 1:7 markup_bracket 1:10 markup_bracket'],
  ['a <b', '1:3 markup_bracket'],
  ['<>a</>', '1:1 markup_bracket 1:4 markup_bracket'],
  // Links.
  ['<a>x</a>', '1:1 markup_address'],
  ['<a HREF="https://shop.example">x</a>', '1:1 markup_attribute'],
  ['<a href="">x</a>', '1:1 markup_address'],
  ['<a href="tg://user?id=42">x</a>', '1:1 markup_address'],
  ['<a href="javascript:alert(1)">x</a>', '1:1 markup_address'],
  ['<a href="https://bank.example@evil.example">x</a>', '1:1 markup_address'],
  ['<a href="https://localhost/">x</a>', '1:1 markup_address'],
  ['<a href="https://a.example" href="https://b.example">x</a>', '1:1 markup_attribute'],
  ['<a href="https://a.example">x<a href="{{ b }}">y</a></a>', '1:30 markup_nesting'],
  ['<a href="https://a.example">x{{ b | link("y") }}</a>', '1:30 markup_nesting'],
  // What Telegram would drop one of.
  ['<code><b>x</b></code>', '1:7 markup_nesting'],
  ['<pre>x<b>{{ y }}</b></pre>', '1:7 markup_nesting'],
  ['<pre>{{ x | link("y") }}</pre>', '1:6 markup_nesting'],
  ['<tg-spoiler><b><code>x</code></b></tg-spoiler>', '1:16 markup_nesting'],
  ['<blockquote><i><blockquote>x</blockquote></i></blockquote>', '1:16 markup_nesting'],
  ['<a href="https://a.example"><code>x</code></a>', '1:29 markup_nesting'],
  // Characters.
  [
    'a&nbsp;b &euro; &#0; &#55357; &#1; &#8203;',
    '1:2 markup_entity 1:10 markup_entity 1:17 markup_entity 1:22 markup_entity 1:31 markup_entity',
  ],
  ['&#{{ a }};', '1:1 markup_entity'],
  ['&{{ a }}', '1:1 markup_entity'],
  ['R&D{{ a }}', '1:2 markup_entity'],
  ['&#5{% if a %}5357{% endif %};', '1:1 markup_entity'],
  ['{% if a %}&{% endif %}lt;', '1:11 markup_entity'],
  ['&am{# x #}p;', '1:1 markup_entity'],
  // Markdown.
  [
    '**ciao** __a__ ~~b~~ `c`',
    '1:1 markup_markdown 1:10 markup_markdown 1:16 markup_markdown 1:22 markup_markdown',
  ],
  [
    'Ciao *{{ name }}*, _ecco_\n[qui](https://shop.example)',
    '1:6 markup_markdown 1:20 markup_markdown 2:1 markup_markdown',
  ],
  ['{% if a %}**{{ a }}**{% endif %}', '1:11 markup_markdown'],
])('%s has its findings: %s', (source, findings) => {
  expect(findingsOf(source).join(' ')).toBe(findings)
})

test.each([
  ['a<br>b', 'write a new line instead'],
  ['<p>a</p>', 'write an empty line between paragraphs'],
  ['<h1>a</h1>', 'write <b>…</b> instead'],
  ['<ul><li>a</li></ul>', 'begin each line with •'],
  ['<img src="x">', 'add the file to the template'],
  ['<blink>a</blink>', 'These tags it knows: b, strong'],
  ['a&nbsp;b', 'write a blank'],
  ['a&euro;', 'write €'],
  ['a&zwj;', 'write the character itself'],
  ['1 < 2', 'Write &lt; for the character'],
  ['<b>{{ x }}', 'Write </b> where it ends.'],
  ['{% if x %}<b>{% endif %}', 'Write </b> before the next {% elif %}'],
  ['<a href="https://shop.example/{{ x }}">a</a>', 'one field that holds the whole address'],
  ['<!-- a -->', 'write {# … #}'],
  ['**a**', 'write <b>…</b> instead'],
  ["<a href='https://shop.example'>a</a>", 'write each value in double quotes'],
])('%s is told with the way out: %s', (source, wayOut) => {
  expect(messagesOf(source)).toContain(wayOut)
})

test('Markdown alone is a warning, all else an error', () => {
  const findings = checkMarkup(readTemplate('**a** <br>'))
  expect(findings.map(({ severity }) => severity)).toEqual(['warning', 'error'])
})

test('no number of warnings hides an error', () => {
  const findings = checkMarkup(readTemplate(`${'**a** '.repeat(500)}<b>`))
  expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'markup_not_closed' },
  ])
})

test('tags stand in each other as deep as any text needs, and no deeper', () => {
  const nested = (depth: number) => `${'<b>'.repeat(depth)}x${'</b>'.repeat(depth)}`
  expect(findingsOf(nested(20))).toEqual([])
  expect(findingsOf(nested(21))).toEqual(['1:61 markup_nesting'])
})

test('a text of nothing but mistakes is answered at once, with the first of them', () => {
  for (const mistake of [
    '<',
    '&nbsp;',
    '<x>',
    '</b>',
    '<b ',
    '**a**',
    '<b x="',
    '<code>',
    '&',
    '_a_ ',
    '[a](b',
    '<!--',
  ]) {
    const findings = checkMarkup(readTemplate(mistake.repeat(Math.floor(8_000 / mistake.length))))
    expect(findings.length).toBeLessThanOrEqual(100)
  }
})
