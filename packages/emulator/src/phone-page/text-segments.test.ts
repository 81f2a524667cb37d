import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatText } from '../html/format-text.ts'
import type { Entity } from './browser/shapes.ts'
import { segmentText, type Segment } from './browser/text-segments.ts'

function textOf(segments: Segment[]): string {
  return segments
    .map((segment) => (segment.kind === 'plain' ? segment.text : textOf(segment.inside)))
    .join('')
}

/** For every character the types of the entities around it. */
function coverage(segments: Segment[], around: string[] = []): string[] {
  return segments.flatMap((segment) =>
    segment.kind === 'plain'
      ? Array.from({ length: segment.text.length }, () => around.toSorted().join(' '))
      : coverage(segment.inside, [...around, segment.entity.type]),
  )
}

test('formatted text is shown whole, with every entity around exactly its own characters', () => {
  const parts = fc.constantFrom(
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<u>',
    '</u>',
    '<code>',
    '</code>',
    'ab',
    ' ',
    '😀',
    'x.com',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (sources) => {
      const result = formatText(
        { text: sources.join(''), parseMode: 'HTML' },
        { maxLength: 4096, kind: 'caption' },
      )
      if (result.status === 'refused') return
      const segments = segmentText(result.text, result.entities)
      expect(textOf(segments)).toBe(result.text)
      const expected = Array.from({ length: result.text.length }, (_, at) =>
        result.entities
          .filter(({ offset, length }) => offset <= at && at < offset + length)
          .map(({ type }) => type)
          .toSorted()
          .join(' '),
      )
      expect(coverage(segments)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('no list of entities, however broken, loses or repeats a character', () => {
  const entity: fc.Arbitrary<Entity> = fc.record({
    type: fc.constantFrom('bold', 'italic', 'text_link'),
    offset: fc.integer({ min: -5, max: 25 }),
    length: fc.integer({ min: -5, max: 25 }),
  })
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(entity, { maxLength: 8 }), (text, entities) => {
      expect(textOf(segmentText(text, entities))).toBe(text)
    }),
    { numRuns: 500 },
  )
})
