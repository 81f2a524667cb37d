import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml } from '../text/clean-text.ts'
import { checkHtml, visibleLength } from './html-check.ts'

test.each([
  ['Ciao <b>Anna</b>, <i>ecco <u>qui</u></i>', 'Ciao Anna, ecco qui'],
  ['<STRONG>a</strong><em>b</em><ins>c</ins><s>d</s><strike>e</strike><del>f</del>', 'abcdef'],
  ['<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>', 'xy'],
  ['<pre><code class="language-c++">a\nb</code></pre><code>c</code>', 'a\nbc'],
  ['<blockquote expandable>x</blockquote><blockquote>y</blockquote>', 'xy'],
  ['<a href="https://shop.example/?a=1&amp;b=2&c=3">ordine</a>', 'ordine'],
  [
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji><tg-time unix="1795000000">5/12</tg-time>',
    '👍5/12',
  ],
  ['1 &lt; 2 &amp;&amp; &quot;a&quot; &gt; b &#33;&#x21; R&D & co', '1 < 2 && "a" > b !! R&D & co'],
  ['&lt &amp;lt; AT&T &#X41;', '< &lt; AT&T &#X41;'],
])('%s is valid and shows %j', (html, text) => {
  expect(checkHtml(html)).toEqual({ status: 'valid', text })
  expect(visibleLength(html)).toBe(text.length)
})

test.each([
  ['<b>a', 'never closed'],
  ['a</b>', 'closes nothing'],
  ['<b><i>a</b></i>', 'expected'],
  [`${'<b>'.repeat(21)}a${'</b>'.repeat(21)}`, 'no more than 20 tags'],
  ['<div>a</div>', 'only these tags: b, strong'],
  ['a<br>b', 'only these tags'],
  ['<b/>', 'no complete tag'],
  ['1 < 2', 'no complete tag'],
  ['<', 'no complete tag'],
  ['<b', 'no complete tag'],
  ['</>', 'no complete tag'],
  ['<b onclick="x">a</b>', 'no attributes'],
  ['<a>https://evil.example</a>', 'needs an address'],
  ['<a href="javascript:alert(1)">a</a>', 'https'],
  ['<a href="tg://user?id=42">Anna</a>', 'https'],
  ['<a HREF="https://shop.example">evil.example</a>', 'no complete tag'],
  ['<a href="https://a.example" href="https://b.example">x</a>', 'no complete tag'],
  ['<b\u00a0>a</b>', 'no complete tag'],
  ['<tg-spoiler><b><code>a</code></b></tg-spoiler>', 'inside <tg-spoiler>'],
  ['<a href="https://a.example"><code>a</code></a>', 'inside <a>'],
  ['<tg-emoji emoji-id="9223372036854775808">a</tg-emoji>', 'too large'],
  ['<tg-time unix="2147483648">a</tg-time>', 'too large'],
  ['<tg-time unix="1" format="x">a</tg-time>', 'format only'],
  ['<a href="https://bank.example@evil.example">a</a>', 'user name'],
  ['<a href="https&colon;//evil.example">a</a>', 'Telegram knows &lt;'],
  [`<a href='https://shop.example'>a</a>`, 'no complete tag'],
  ['<a href=shop.example>a</a>', 'no complete tag'],
  ['<a href="https://a.example"><a href="https://b.example">a</a></a>', 'inside another one'],
  ['<a href="https://a.example" title="x">a</a>', 'href only'],
  ['<blockquote>a<b><blockquote>b</blockquote></b></blockquote>', 'inside another one'],
  ['<code><b>a</b></code>', 'inside <code>'],
  ['<pre><b>a</b></pre>', 'inside <pre>'],
  ['<code class="language-c">a</code>', 'no attributes'],
  ['<span>a</span>', 'needs the attribute class'],
  ['<span class="x">a</span>', 'class only'],
  ['<tg-emoji>a</tg-emoji>', 'emoji-id'],
  ['<b constructor="">a</b>', 'no attributes'],
  ['a&nbsp;b', 'Telegram knows &lt;'],
  ['a&euro;', 'Telegram knows &lt;'],
  ['a&#55357;', 'Telegram knows &lt;'],
  ['a&#1;', 'Telegram knows &lt;'],
  ['a&#x110000;', 'Telegram knows &lt;'],
])('%s is invalid', (html, detail) => {
  const check = checkHtml(html)
  expect(check).toMatchObject({ status: 'invalid', detail: expect.stringContaining(detail) })
})

test('escaped text is always valid, in a text and in an address, and shows what was escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('<>&"\'/=; #xltbaA1é😀')) }), (text) => {
      expect(checkHtml(`<b>${escapeHtml(text)}</b>`)).toEqual({ status: 'valid', text })
      expect(visibleLength(escapeHtml(text))).toBe(text.length)
      const link = checkHtml(`<a href="https://shop.example/${escapeHtml(text)}">x</a>`)
      expect(link.status).toBe(/\s/.test(text) ? 'invalid' : 'valid')
    }),
  )
})

test('a hostile text of many open brackets, blanks or ampersands is answered at once', () => {
  expect(checkHtml('<a '.repeat(20_000)).status).toBe('invalid')
  expect(checkHtml(`<a${' '.repeat(50_000)}`).status).toBe('invalid')
  expect(checkHtml('&'.repeat(50_000)).status).toBe('valid')
  expect(checkHtml('&a'.repeat(50_000)).status).toBe('valid')
})
