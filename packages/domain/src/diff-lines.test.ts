import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from './diff-lines.ts'

const text = fc
  .array(fc.constantFrom('', 'a', 'b', 'c', ' a'), { maxLength: 12 })
  .map((lines) => lines.join('\n'))

test('each of the two texts is what both have and what it alone has, and equal texts have all in common', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const without = (change: string) =>
        lines.flatMap((line) => (line.change === change ? [] : [line.line])).join('\n')
      expect(without('added')).toBe(before)
      expect(without('removed')).toBe(after)
      expect(lines.every(({ change }) => change === 'same')).toBe(before === after)
    }),
  )
})

test('as many lines as there can be are in common', () => {
  const marks = { same: ' ', removed: '-', added: '+' }
  const told = diffLines('a\nb\nc\nd', 'b\nx\nd\ne').map(({ change, line }) => marks[change] + line)
  expect(told).toEqual(['-a', ' b', '-c', '+x', ' d', '+e'])
})
