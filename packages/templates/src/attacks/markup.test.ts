import type { TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import { checkHtml } from '../markup/html-check.ts'
import { createRenderer } from '../render/render-message.ts'

// Attacks on the markup of a message, through its template and through the data of an event. None has a code that works elsewhere.
const render = createRenderer()

function renderContent(content: Partial<TemplateContent>, extra: Record<string, unknown>) {
  return render(
    { text: 'a', buttons: [], silent: false, ...content },
    { kind: 'order.status_changed', locale: 'en', timeZone: 'UTC', nowMs: 0, data: { extra } },
  )
}

/** What the message shows and links to; throws what was refused. */
function htmlOf(text: string, extra: Record<string, unknown>): string {
  const result = renderContent({ text }, extra)
  if (result.status === 'failed') throw new Error(result.detail)
  expect(checkHtml(result.content.html).status).toBe('valid')
  return result.content.html
}

test.each([
  ['a tag', '<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
  ['the end of the tag around it', '</b></i></code>', '&lt;/b&gt;&lt;/i&gt;&lt;/code&gt;'],
  ['the end of a spoiler, to show what is hidden', '</tg-spoiler>', '&lt;/tg-spoiler&gt;'],
  ['the end of a quotation, to speak for the shop', '</blockquote>Pay to', '&lt;/blockquote&gt;Pay to'],
  ['a link', '<a href="https://evil.example">', '&lt;a href=&quot;https://evil.example&quot;&gt;'],
  ['a quote, to leave an attribute', '" onclick="x', '&quot; onclick=&quot;x'],
  ['an entity', '&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['an entity without its semicolon', '&ltb&gt', '&amp;ltb&amp;gt'],
  ['the number of a half surrogate', '&#55357;', '&amp;#55357;'],
  ['the number of nothing', '&#0;&#x0;', '&amp;#0;&amp;#x0;'],
  ['the language of templates', '{{ shop.name }}{% if 1 %}', '{{ shop.name }}{% if 1 %}'],
  ['a comment', '<!-- x', '&lt;!-- x'],
  ['Markdown', '**x** [y](https://evil.example)', '**x** [y](https://evil.example)'],
  ['a turned reading direction', 'gpj.\u202eexe', 'gpj.exe'],
  ['isolates and marks of direction', '\u2066x\u2069\u200e\u200f\u061c', 'x'],
  ['characters nobody sees', 'a\u200b\u2060\ufeff\u00adb', 'ab'],
  ['a tower of accents', `x${'\u0489'.repeat(500)}`, `x${'\u0489'.repeat(8)}`],
  ['an accent for the letter before it', '\u0338\u0338x', 'x'],
  ['half a character', '\ud83d', '\ufffd'],
  ['control characters', '\u0000\u0008\u001b[31mx', '[31mx'],
])('a value that is %s is shown, never obeyed', (_what, value, shown) => {
  for (const around of ['<b>', '<code>', '<tg-spoiler>', '<blockquote>']) {
    const end = around.replace('<', '</')
    expect(htmlOf(`.${around}{{ extra.x }}${end}.`, { x: value })).toBe(`.${around}${shown}${end}.`)
  }
  expect(htmlOf('{% for x in extra.list %}{{ x | trim }}{% endfor %}.', { list: [value] })).toBe(`${shown}.`)
})

test.each([
  ['half tags', ['<', 'b>'], '&lt;b&gt;'],
  ['half end tags', ['</', 'b>'], '&lt;/b&gt;'],
  ['half entities', ['&', 'lt;'], '&amp;lt;'],
  ['half numbers', ['&#', '55357;'], '&amp;#55357;'],
  ['half characters', ['\ud83d', '\udc4d'], '\ufffd\ufffd'],
  [
    'a link in pieces',
    ['<a href="', 'https://evil.example">'],
    '&lt;a href=&quot;https://evil.example&quot;&gt;',
  ],
])('%s in two fields do not become one', (_what, [x, y], shown) => {
  expect(htmlOf('{{ extra.x }}{{ extra.y }}', { x, y })).toBe(shown)
})

test.each([
  '<{{ extra.x }}>a',
  '</{{ extra.x }}>a',
  '<b {{ extra.x }}>a</b>',
  '<a href="{{ extra.x }}{{ extra.y }}">a</a>',
  '<a href="https://shop.example/{{ extra.x }}">a</a>',
  '<a href="javascript:{{ extra.x }}">a</a>',
  '<a href={{ extra.x }}>a</a>',
  "<a href='{{ extra.x }}'>a</a>",
  '<a href="{{ extra.x }}" title="{{ extra.y }}">a</a>',
  '<a>{{ extra.x }}</a>',
  '<a HREF="{{ extra.x }}">a</a>',
  '<a href="">{{ extra.x }}</a>',
  '<tg-emoji emoji-id="{{ extra.x }}">a</tg-emoji>',
  '<code class="language-{{ extra.x }}">a</code>',
  '&{{ extra.x }};',
  '&#{{ extra.x }};',
  '&#x{% if extra.x %}d83d{% endif %};',
  '{% if extra.x %}<b>{% endif %}a',
  '<b>{% if extra.x %}</b>{% endif %}a',
  '{% for x in extra.list %}<b>{% endfor %}a',
  '{% for x in extra.list %}</b><b>{% endfor %}a',
  '{% if extra.x %}<tg-spoiler>{% else %}<b>{% endif %}a</tg-spoiler>',
  '<tg-spoiler><code>{{ extra.x }}</code></tg-spoiler>',
  '<b{# x #}>a</b>',
  '<b\u00a0>a</b>',
  '<script>{{ extra.x }}</script>',
])('the template %s is refused, whatever the data says', (text) => {
  for (const x of ['', 'b', '55357', 'https://shop.example'])
    expect(renderContent({ text }, { x, y: x, list: [x] })).toMatchObject({
      status: 'failed',
      reason: 'template_failed',
    })
})

test.each([
  ['javascript:alert(1)', 'does not begin with https://'],
  ['java\nscript:alert(1)', 'blank'],
  ['tg://resolve?domain=evil', 'does not begin with https://'],
  ['tg://user?id=1', 'does not begin with https://'],
  ['data:text/html,x', 'does not begin with https://'],
  ['//evil.example', 'does not begin with https://'],
  ['https:evil.example', 'does not begin with https://'],
  ['https://bank.example@evil.example', 'user name'],
  ['https://bank.example%2f@evil.example', 'user name'],
  ['https://bank.example\\@evil.example', 'backslash'],
  ['https://shop.example/\nx', 'blank'],
  ['https://shop.example/"><b>', undefined],
  ['https://localhost/', 'full host'],
  [`https://shop.example/${'x'.repeat(3_000)}`, 'longer'],
])('an address from the data leads where it says, or nowhere: %j', (url, problem) => {
  const link = '<a href="{{ extra.url }}">x</a>'
  const button = { text: 'x', url: '{{ extra.url }}' }
  for (const content of [{ text: link }, { text: '{{ extra.url | link("x") }}' }, { buttons: [[button]] }]) {
    const result = renderContent(content, { url })
    if (problem !== undefined)
      expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining(problem) })
    else expect(result.status).toBe('rendered')
    expect(JSON.stringify(result)).not.toContain('evil.example')
  }
  if (problem === undefined)
    expect(htmlOf(link, { url })).toContain('href="https://shop.example/&quot;&gt;&lt;b&gt;"')
})

test('a link that comes out blank is no link to the text in it', () => {
  expect(renderContent({ text: '<a href="{{ extra.url }}">evil.example</a>' }, { url: '' }).status).toBe(
    'failed',
  )
  expect(htmlOf('{{ extra.url | link("x") }}.', { url: ' ' })).toBe('.')
})

test.each(['\u200b\u2060\ufeff', '\u3164\u115f', '\u2800\u2800', '\ufffc', '\u{E0041}', ' \n\t', '\u0333'])(
  'a message of nothing visible is none: %j',
  (x) => {
    expect(renderContent({ text: '<b>{{ extra.x }}</b>' }, { x })).toMatchObject({ reason: 'empty_text' })
    expect(htmlOf('{{ extra.x | default("Dear customer") }}', { x })).toBe('Dear customer')
  },
)

test('a label is one line of plain text of bounded length, whatever it is made of', () => {
  const labelOf = (x: string) => {
    const result = renderContent(
      { buttons: [[{ text: '{{ extra.x }}', url: 'https://shop.example' }]] },
      { x },
    )
    return result.status === 'rendered' ? result.content.buttons[0]?.[0]?.text : result.detail
  }
  expect(labelOf('Pay\nnow\r\n\u2028<b>')).toBe('Pay now <b>')
  expect(labelOf('\u202egpj.exe')).toBe('gpj.exe')
  expect(labelOf('x'.repeat(4_096))).toHaveLength(64)
  expect(labelOf('👨‍👩‍👧'.repeat(100))?.length).toBeLessThanOrEqual(128)
  expect(labelOf('\u200b\u3164')).toContain('its text is empty')
})

test('a preview is one line of plain text, apart from the text it goes before', () => {
  const result = renderContent(
    { text: 'Secret', preview: 'Dear {{ extra.x }}' },
    { x: '</b>\n<tg-spoiler>\u2028&' },
  )
  expect(result).toMatchObject({ content: { html: 'Secret', preview: 'Dear </b> <tg-spoiler> &' } })
})

test('names of 4,096 characters make a long text, and nothing else', () => {
  for (const x of [
    '<'.repeat(4_096),
    '"'.repeat(4_096),
    '&'.repeat(4_096),
    '\u0301'.repeat(4_096),
    '😀'.repeat(2_048),
  ]) {
    const html = htmlOf('<b>{{ extra.x }}</b>.', { x })
    expect(html).toMatch(/^<b>[^<>"]*<\/b>\.$/)
    expect(html.length).toBeLessThan(25_000)
  }
})
