import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { uploadName } from './upload-name.ts'

test.each([
  ['Invoice 7.pdf', undefined, '"Invoice 7.pdf"'],
  ['a;b, c.txt', undefined, '"a;b, c.txt"'],
  ['Рахунок №7.pdf', 'application/pdf', '"Рахунок №7.pdf"'],
  ['Invoice', 'application/pdf', '"Invoice.pdf"'],
  ['Invoice 1.5 final', 'application/pdf; charset=x', '"Invoice 1.5 final.pdf"'],
  ['photo', 'image/jpeg', '"photo.jpg"'],
  ['thing', 'application/x-unheard-of', '"thing"'],
  ['say "hi"\\.txt', undefined, `"say 'hi''.txt"`],
  ['two\r\nlines.txt', undefined, '"two  lines.txt"'],
  ['', 'application/pdf', '"file.pdf"'],
  ['', undefined, '"file"'],
  [`${'x'.repeat(500)}.pdf`, undefined, `"${'x'.repeat(120)}.pdf"`],
])('%j of %s goes up as %s', (name, mime, expected) => expect(uploadName({ name, mime })).toBe(expected))

test('no name ends its header, is torn or is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const quoted = uploadName({ name })
      expect(quoted).toMatch(/^"[^"\\\p{Cc}]+"$/u)
      expect(quoted.isWellFormed()).toBe(true)
    }),
  )
})
