import { expect, test } from 'vitest'
import { harmless, plainMarks } from './plain-marks.ts'

test.each([
  ['<b>a</b> &amp; <i>b <u>c</u></i>', '*a* & _b __c___'],
  ['<a href="https://a.it/?x=1&amp;y=2">qui</a>', 'qui (https://a.it/?x=1&y=2)'],
  ['<tg-spoiler>a <code>b</code></tg-spoiler> <s>c</s>', '||a `b`|| ~c~'],
  ['<blockquote>a\nb</blockquote><pre>x</pre>', '“a\nb”```x```'],
  ['1 &lt; 2, <nothing>', '1 < 2, <nothing>'],
])('%s is shown as %s', (html, shown) => {
  expect(plainMarks(html)).toBe(shown)
})

test('no text of an event steers the terminal it is shown in', () => {
  expect(harmless('a\u001b[31m\u009b2J\u202eb\nc')).toBe('a\ufffd[31m\ufffd2J\ufffdb\nc')
  expect(plainMarks('<a href="https://a.it/\u009b">x</a>')).toBe('x (https://a.it/\ufffd)')
})
