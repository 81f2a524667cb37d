import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { markup, ownMarkup } from './markup.ts'

test('whatever is put into a page is text, in elements and in attributes', () => {
  const name = `<script>"'&`
  expect(String(markup`<p title="${name}">${name}</p>`)).toBe(
    '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;</p>',
  )
})

test('no text makes an element, an attribute or an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(String(markup`${text}`)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
    }),
  )
})

test('a piece of a page stays one, lists follow each other, and undefined is nothing', () => {
  const items = ['a', '<b>'].map((text) => markup`<li>${text}</li>`)
  expect(String(markup`<ul>${items}${undefined}${ownMarkup('<hr>')}${3}</ul>`)).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li><hr>3</ul>',
  )
})
