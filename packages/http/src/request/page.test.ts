import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOf } from './page.ts'

const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(first - index) }))
const read = { item: (row: { id: string }) => row, position: (row: { id: string }) => row.id }

test('a cursor leads to the row it was made of, for its list, shop and filters in any order', () => {
  const first = pageOf({ list: 'a', shopId: '1', query: { limit: 3, x: 'y', z: undefined } as object })
  const { items, next_cursor: cursor } = first.answer(rowsFrom(90, 4), read)
  expect([first.after, first.rows, items]).toEqual([undefined, 4, rowsFrom(90, 3)])
  const next = pageOf({ list: 'a', shopId: '1', query: { z: undefined, x: 'y', cursor, limit: 9 } as object })
  expect([next.after, next.rows]).toEqual(['88', 10])
})

test('a page that is not full is the last', () => {
  const page = pageOf({ list: 'a', shopId: '1', query: { limit: 3 } })
  expect(page.answer(rowsFrom(3, 3), read).next_cursor).toBeUndefined()
  expect(page.answer([], read)).toEqual({ items: [], next_cursor: undefined })
})

test('no text but a cursor of this very list is taken', () => {
  const { next_cursor: cursor = '' } = pageOf({ list: 'a', shopId: '1', query: { limit: 1 } }).answer(
    rowsFrom(9, 2),
    read,
  )
  const broken = fc
    .tuple(fc.nat(cursor.length - 1), fc.string({ maxLength: 3 }))
    .map(([at, text]) => cursor.slice(0, at) + text + cursor.slice(at + 1))
    .filter((text) => text !== cursor)
  fc.assert(
    fc.property(fc.oneof(fc.string(), broken, fc.base64String()), (text) => {
      expect(() => pageOf({ list: 'a', shopId: '1', query: { cursor: text } })).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      )
    }),
    { numRuns: 1_000 },
  )
})
