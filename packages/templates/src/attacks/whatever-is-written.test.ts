import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { TemplateError } from '../language/template-error.ts'
import type { Block } from '../language/tree.ts'
import { createRegions } from '../locale/region.ts'
import { runTemplate } from '../run/run-template.ts'
import { cleanText } from '../text/clean-text.ts'
import { attempt } from './attempt.ts'
import { block, data, expression, piece, PLACE } from './whatever-people-write.ts'

const regionOf = createRegions()

function run(tree: Block, from: Record<string, unknown>, kind: 'html' | 'plain' = 'html'): string {
  try {
    return runTemplate(tree, { data: from, region: regionOf('it-IT', 'Europe/Rome'), nowMs: 0 }, kind)
  } catch (error) {
    if (error instanceof TemplateError) return `refused: ${error.message}`
    throw error
  }
}

test('whatever is written, it is a template or a TemplateError says why not, and both soon', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), data, (pieces, from) => {
      const { cpuMs, printed, refused } = attempt(pieces.join(''), from)
      expect(printed ?? refused).toEqual(expect.any(String))
      expect(cpuMs).toBeLessThan(200)
    }),
    { numRuns: 2000 },
  )
})

test('whatever repeats itself as often as it may, is answered soon', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const source = pieces.join('').repeat(2000).slice(0, 8000).toWellFormed()
      expect(attempt(source).cpuMs).toBeLessThan(200)
    }),
    { numRuns: 300 },
  )
})

test('whatever the tree and the data, the same is printed each time, of bounded length, or a TemplateError is thrown', () => {
  fc.assert(
    fc.property(block, data, (tree, from) => {
      const before = JSON.stringify(from)
      const printed = run(tree, from)
      expect(printed.length).toBeLessThan(400_000)
      expect(run(tree, from)).toBe(printed)
      expect(JSON.stringify(from)).toBe(before)
      run(tree, from, 'plain')
    }),
    { numRuns: 2000 },
  )
})

const TOO_MUCH = 'refused: this does more work'

test('reading data as it is asked for is the same as copying, cutting and cleaning all of it first', () => {
  fc.assert(
    fc.property(block, data, (tree, from) => {
      const read = run(tree, from)
      // Cleaning is work: what is clean already may leave enough for what else there is to do.
      if (!read.startsWith(TOO_MUCH)) expect(run(tree, Object(copyOf(from)))).toBe(read)
    }),
    { numRuns: 2000 },
  )
})

test('values make no markup: without links, what is printed of them has no bracket and no lone quote', () => {
  fc.assert(
    fc.property(expression, data, (shown, from) => {
      const printed = run([{ type: 'print', value: shown, name: 'it', place: PLACE }], from)
      if (!printed.startsWith('refused: ')) expect(printed).not.toMatch(/[<>"]|&(?!(?:lt|gt|amp|quot);)/)
    }),
    { numRuns: 1000 },
  )
})

/** Without prototypes, frozen, texts cut and cleaned, lists cut. */
function copyOf(original: unknown): unknown {
  if (typeof original === 'string') {
    const cut = original.slice(0, 4096)
    return cleanText(/[\ud800-\udbff]$/.test(cut) && original.length > 4096 ? cut.slice(0, -1) : cut)
  }
  if (typeof original === 'number') return Number.isFinite(original) ? original : undefined
  if (typeof original !== 'object' || original === null) return original
  if (Array.isArray(original)) return Object.freeze(original.slice(0, 200).map(copyOf))
  const fields = Object.entries(original).map(([name, field]) => [name, copyOf(field)])
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(fields)))
}
