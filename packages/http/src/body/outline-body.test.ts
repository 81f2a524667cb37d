import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineBody } from './outline-body.ts'
import { scanBody } from './scan-body.ts'

const outline = (text: string, maxParts = 1_000) => {
  const bytes = Buffer.from(text)
  const outlined = outlineBody(bytes, maxParts)
  return (
    outlined && {
      isBatch: outlined.isBatch,
      texts: outlined.parts.map(({ start, end }) => bytes.toString('utf8', start, end)),
      names: outlined.parts.map(({ names }) => names),
    }
  )
}

test('whatever parses part by part is what a scan finds', () => {
  const json = fc.json({ maxDepth: 4 })
  const broken = fc
    .tuple(json, fc.nat(), fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', ' ', '0', 'è'))
    .map(([text, at, insert]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + insert + text.slice(place + (at % 3))
    })
  const list = fc
    .array(fc.oneof({ weight: 9, arbitrary: json }, broken))
    .map((parts) => `[${parts.join(' ,\n')}]`)
  fc.assert(
    fc.property(fc.oneof(json, broken, list), (text) => {
      const outlined = outline(text)
      const scanned = scanBody(text, 1_000)
      if (outlined?.texts.every(isJson) !== true) {
        // Nothing but an empty list has a form that is known and no part that parses.
        if (scanned.status === 'batch') expect(scanned.parts).toHaveLength(0)
        else expect(scanned.status).toBe('malformed')
      } else if (scanned.status === 'single') {
        expect(outlined.isBatch).toBe(false)
        expect(outlined.texts.map((part) => part.trim())).toEqual([scanned.part.text])
      } else {
        const parts = scanned.status === 'batch' ? scanned.parts : []
        expect(outlined.isBatch).toBe(true)
        expect(outlined.texts.map((part) => part.trim())).toEqual(parts.map((part) => part.text))
      }
    }),
    { numRuns: 1_000 },
  )
})

test('names are counted as they are written', () => {
  expect(outline('{"a":{"a":1,"a":2},"b:":":","c\\"":[{"d":0}]}')).toMatchObject({ names: [6] })
  expect(outline('[{"a":1},[{"b":1}],7]')).toMatchObject({ names: [1, 1, 0] })
})

test('more parts than may be have no outline', () => {
  expect(outline('[1,2,3]', 3)).toMatchObject({ isBatch: true, texts: ['1', '2', '3'] })
  expect(outline('[1,2,3,4]', 3)).toBeUndefined()
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
