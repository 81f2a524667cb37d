import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEntities, entityEnd, type MessageEntity } from './entity.ts'
import { parseHtml } from './parse-html.ts'

const TAGS =
  '<b>|</b>|<i>|</i>|<a href="ex.com">|</a>|<pre>|</pre>|<code class="language-x">|</code>|<tg-emoji emoji-id=5>|' +
  '</tg-emoji>|<blockquote expandable>|</blockquote>|<span class="tg-spoiler">|</span>|<B X=y>|' +
  '<tg-time unix=1 format=t>|</tg-time>|</|<|>|&|&amp;|&#x1F600;|&#xD800;|"|=|/| |\n|\0|é|😀|\uD83D|href'
const fragment = fc.constantFrom(...TAGS.split('|'))
const soup = fc
  .array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 })
  .map((parts) => parts.join(''))

test('no input makes the parser throw, and every entity lies inside the text', () => {
  fc.assert(
    fc.property(soup, (source) => {
      const result = parseHtml(source)
      if (result.status === 'refused') {
        expect(result.description).toMatch(/^can't parse entities: /)
        return
      }
      for (const entity of result.entities) {
        expect(entity.offset).toBeGreaterThanOrEqual(0)
        expect(entity.length).toBeGreaterThan(0)
        expect(entityEnd(entity)).toBeLessThanOrEqual(result.text.length)
      }
      expect(result.entities).toEqual(result.entities.toSorted(compareEntities))
    }),
    { numRuns: 1000 },
  )
})

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

test('escaped text comes back as it was, without entities', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(parseHtml(escapeHtml(text))).toEqual({ status: 'parsed', text, entities: [] })
    }),
  )
})

const SIMPLE_TAGS = {
  b: 'bold',
  i: 'italic',
  u: 'underline',
  s: 'strikethrough',
  blockquote: 'blockquote',
} as const

type Tree = { tag: keyof typeof SIMPLE_TAGS; children: (string | Tree)[] }

const { tree } = fc.letrec<{ tree: Tree; child: string | Tree }>((tie) => ({
  tree: fc.record({
    tag: fc.constantFrom<Tree['tag']>('b', 'i', 'u', 's', 'blockquote'),
    children: fc.array(tie('child'), { minLength: 1, maxLength: 4 }),
  }),
  child: fc.oneof({ depthSize: 'small' }, fc.string({ unit: 'grapheme', minLength: 1 }), tie('tree')),
}))

function render(node: string | Tree): string {
  return typeof node === 'string'
    ? escapeHtml(node)
    : `<${node.tag}>${node.children.map(render).join('')}</${node.tag}>`
}

function textOf(node: string | Tree): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('')
}

function entitiesOf(node: string | Tree, offset: number): MessageEntity[] {
  if (typeof node === 'string') return []
  let next = offset
  const inner = node.children.flatMap((child) => {
    const found = entitiesOf(child, next)
    next += textOf(child).length
    return found
  })
  const own: MessageEntity = { offset, length: next - offset, type: SIMPLE_TAGS[node.tag] }
  return [own, ...inner]
}

test('a tree of tags gives its text and one entity for each tag, at UTF-16 offsets', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const byPlace = (entities: MessageEntity[]): string[] =>
        entities.map(({ offset, length, type }) => `${offset} ${length} ${type}`).toSorted()
      const result = parseHtml(render(root))
      if (result.status === 'refused') throw new Error(result.description)
      expect(result.text).toBe(textOf(root))
      expect(byPlace(result.entities)).toEqual(byPlace(entitiesOf(root, 0)))
    }),
  )
})

test('a place in a complaint counts UTF-8 bytes, not characters', () => {
  expect(parseHtml('è😀<x>')).toEqual({
    status: 'refused',
    description: `can't parse entities: Unsupported start tag "x" at byte offset 6`,
  })
})

test('a link of a kind Telegram does not know is dropped without a word and its text kept', () => {
  expect(parseHtml('<a href="javascript:alert(1)">pay</a>')).toEqual({
    status: 'parsed',
    text: 'pay',
    entities: [],
  })
})
