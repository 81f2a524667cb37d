import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRecordReader } from './create-record-reader.ts'

function read(text: string, format: { delimiter?: string; width?: number } = {}) {
  const reader = createRecordReader({ delimiter: ',', ...format })
  return [...reader.push(text), ...reader.end()]
}

/** Records on one line each: `1: a|b`, `2: broken_quotes`. */
function summary(text: string, format?: { delimiter?: string; width?: number }) {
  return read(text, format).map(({ line, cells, problem }) => `${line}: ${cells?.join('|') ?? problem}`)
}

const cell = fc.string({ unit: fc.constantFrom('a', 'ò', ',', ';', '"', '\n', '\r\n', ' ', '\t', '|', '😀') })

test('whatever a table says is read back, with any delimiter and line end, cut into pieces anywhere', () => {
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        delimiter: fc.constantFrom(',', ';', '\t', '|'),
        lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
        pieces: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      }),
      ({ rows, delimiter, lineEnd, pieces }) => {
        // A first cell that is never blank: blank lines are left out.
        const told = rows.map((row) => ['x', ...row])
        const lines = told.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter))
        const text = lines.join(lineEnd)
        const reader = createRecordReader({ delimiter, width: 4 })
        const found = []
        for (let at = 0, piece = 0; at < text.length; piece += 1) {
          const sizeChars = pieces[piece % pieces.length] ?? 1
          found.push(...reader.push(text.slice(at, at + sizeChars)))
          at += sizeChars
        }
        found.push(...reader.end())
        expect(found.map(({ cells }) => cells)).toEqual(told)
        let line = 1
        for (const [index, { line: said }] of found.entries()) {
          expect(said).toBe(line)
          line += lines[index]?.match(/\r\n|\r|\n/g)?.length ?? 0
          line += 1
        }
      },
    ),
  )
})

test('cells need no quotes, and blanks around quoted ones do no harm', () => {
  expect(summary('a,b c, d\n "x, y" ,z,\n')).toEqual(['1: a|b c| d', '2: x, y|z|'])
})

test('blank lines are left out and counted', () => {
  expect(summary('\n\na,b\n , \n\r\nc,d')).toEqual(['3: a|b', '6: c|d'])
})

test('a quote that is never closed costs its own line and no other', () => {
  const text = '1,"Rossi\n2,Verdi\n3,"Bianchi, G."\n4,Neri\n'
  expect(summary(text, { width: 2 })).toEqual([
    '1: broken_quotes',
    '2: 2|Verdi',
    '3: 3|Bianchi, G.',
    '4: 4|Neri',
  ])
})

test('an open quote in the last line is told', () => {
  expect(summary('1,a\n2,"b', { width: 2 })).toEqual(['1: 1|a', '2: broken_quotes'])
})

test('lines that two lost quotes have glued together are taken apart', () => {
  const text = '1,"Rossi,x\n2,Verdi,x"\n3,Neri,x\n'
  expect(summary(text, { width: 3 })).toEqual(['1: broken_quotes', '2: broken_quotes', '3: 3|Neri|x'])
})

test('a quote inside a cell, and something behind a closing one, break their line', () => {
  expect(summary('1,Mario "il Re" Rossi\n2,"Mario" Rossi\n3,"Mario ""il Re"" Rossi"')).toEqual([
    '1: broken_quotes',
    '2: broken_quotes',
    '3: 3|Mario "il Re" Rossi',
  ])
})

test('a line without an end is told once, and nothing of it is kept', () => {
  const reader = createRecordReader({ delimiter: ',' })
  const found = reader.push('a,b\n')
  for (let piece = 0; piece < 50; piece += 1) found.push(...reader.push('x'.repeat(10_000)))
  found.push(...reader.push('\nc,d\n'), ...reader.end())
  expect(found).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, problem: 'line_too_long' },
    { line: 3, cells: ['c', 'd'] },
  ])
})

test('an open quote before much text is given up when a record has its full length', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `${index},a customer of ours\n`).join('')
  const found = read(`0,"open\n${many}`, { width: 2 })
  expect(found.length).toBe(5_001)
  expect(found.filter(({ problem }) => problem !== undefined)).toEqual([
    { line: 1, problem: 'broken_quotes' },
  ])
})
