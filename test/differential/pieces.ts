const TAGS =
  '<b> </b> <i> </i> <B> </B > <u> </u> <s> </s> <code> </code> <pre> </pre> <tg-spoiler> </tg-spoiler> <blockquote> </blockquote> <span> </span> <a> </a> <br> <div> </div> <b/> </>'
const CHARACTERS = `< > & &# &lt; &lt &amp; &quot; &nbsp; &#65; &#x41; &#X41; &#0; &#55357; x " ' = / é 😀 ; text`

/** A line each, as they hold blanks. */
const WITH_ATTRIBUTES = `<a href="https://shop.example/?a=1&amp;b=2">
<a href="tg://user?id=42">
<a href="">
<a href=shop.example>
<a HREF="https://a.example">
<a href='https://a.example'>
<a href = "https://a.example">
<a href="https://a.example" title="x">
<a href="https://a.example" href="https://b.example">
<a href="javascript:x">
<a href="https://localhost/">
<a href="https://a.example:0/">
<a href="https://a.example:99999/">
<a href="https://a.example:8080/">
<a href="https://u@a.example/">
<a href="http://1.2.3.4/">
<a href="http://1.2.3.999/">
<a href="http://[::1]/">
<a href="https://a..example/">
<a href="https://-a.example/">
<a href="https://a.example./">
<a href="https://.example/">
<a href="https://xn--a.example/">
<a href="https://a.example/%zz">
<a href="https://%61.example/">
<a href="https://пошта.укр/">
<a href="https://a.example/x y">
<a href="https://a_b.example">
<a href="https://a.example?x">
<a href="https://a.example#x">
<a href="HTTPS://A.EXAMPLE/">
<a href="https://a.e">
<a href="https://a.1">
<a href="https://1/">
<a href="https://a。example/">
<span class="tg-spoiler">
<code class="language-c++">
<blockquote expandable>
<b class="x">
<tg-emoji emoji-id="5368324170671202286">
<tg-emoji emoji-id="0">
<tg-emoji emoji-id="99999999999999999999">
<tg-time unix="1795000000" format="wDT">
<tg-time unix="0">
<tg-time unix="1" format="x">
<tg-time unix="4294967297">`

const BLANKS = ['</tg-emoji>', '</tg-time>', '<b\u00a0>', '<b\t>', '<b \n>', '<b\u000b>', ' ', '\n', '\u00a0']

/** What markup is made of, whether Telegram knows it or not. */
export const PIECES: string[] = [
  ...TAGS.split(' ').map((tag) => (tag === '' ? ' ' : tag)),
  ...CHARACTERS.split(' '),
  ...WITH_ATTRIBUTES.split('\n'),
  ...BLANKS,
]
