import { templateContentSchema } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTemplate } from './read-template.ts'

function flawsOf(text: string | Uint8Array): string[] {
  const read = readTemplate(Buffer.from(text))
  return read.status === 'read'
    ? []
    : read.flaws.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

function placeOf(text: string, place: { at: string; line?: number; column?: number }) {
  const read = readTemplate(Buffer.from(text))
  return read.status === 'read' ? read.places.of(place) : read.flaws
}

test.each<[string, RegExp[]]>([
  ['', [/^1:1 the file is empty: it begins with text: \|/]],
  ['# nothing\n', [/^1:1 the file is empty/]],
  ['tex: Ciao\n', [/^1:1 text is missing/, /^1:1 The file has no field "tex"\. Did you mean "text"\?/]],
  ['text: Ciao\nsilent: yes\n', [/^2:1 silent must be true or false, not text\./]],
  ['text: 5\n', [/^1:1 text must be text, not a number\./]],
  ['text:\n', [/^1:1 text must be text, not null/]],
  ['- Ciao\n', [/^1:1 The file must be an object, not a list\./]],
  ['Ciao\n', [/^1:1 The file must be an object, not text\./]],
  ['text: Ciao\nbuttons:\n  - - text: A\n      ulr: b\n', [/^3:7 .*url is missing/, /^4:7 .*no field "ulr"/]],
  ['text: Ciao\nquiet_hours: never\n', [/^2:1 quiet_hours must be "send" or "send_silently" or "wait"\./]],
  ['text: Ciao\nexpires_after_seconds: 5\n', [/^2:1 expires_after_seconds must be at least 60\./]],
  ['text: Ciao\n__proto__:\n  a: 1\n', [/^2:1 The file has no field "__proto__"/]],
])('%j is refused by its fields', (text, expected) => {
  expect(flawsOf(text)).toEqual(expected.map((each) => expect.stringMatching(each)))
})

test.each<[string, RegExp]>([
  [
    'text: Order {{ order.number }}: paid\n',
    /^1:\d+ a text with a colon and a blank.*put the text in quotes/,
  ],
  ['text: {{ order.number }}\n', /^1:\d+ .*put the text in quotes/],
  ['text: @shop\n', /^1:7 a text cannot begin with this character/],
  ['text: "Ciao\n', /^\d:\d+ this cannot be read as YAML \(Missing closing/],
  ['text: "\\q"\n', /^1:8 a \\ in double quotes/],
  ['text: Ciao\ntext: Ciao\n', /^2:1 this field is here already/],
  ['text: Ciao\n---\ntext: Ciao\n', /^2:1 a file has one template/],
  ['text: a\nbuttons:\n\t- a\n', /^3:1 .*a tab cannot indent/],
  ['text: &a Ciao\n', /^1:10 & and a name have no place here/],
  ['text: &a Ciao\npreview: *a\n', /& and a name/],
  ['text: !!js/function "x"\n', /! and a name have no place here/],
  ['text: !!str 5\n', /! and a name have no place here/],
  ['text: !!binary aGk=\n', /! and a name have no place here/],
  ['%YAML 1.1\n---\ntext: Ciao\n', /^1:1 a line that begins with %/],
  ['%TAG ! tag:a.it,2000:\n---\ntext: !x Ciao\n', /./],
  ['text: Order #1 of yours #2\n', /^1:13 what follows # is no part of the text/],
  ['text: "a\\0b"\n', /^1:7 here is a control character/],
  ['text: "a\\ud800b"\n', /^1:7 here is a control character, or half of one/],
  ["''buttons:|\ntext: text: ", /^1:3 this cannot be read as YAML/],
  ['? [a, b]\n: c\ntext: x\n', /the name of a field is a word/],
])('%j is refused with a sentence that names the way out', (text, expected) => {
  expect(flawsOf(text)[0]).toMatch(expected)
})

test('a file that is too large, no UTF-8, nested without end or made to cost time is refused at once', () => {
  expect(flawsOf(`text: ${'x'.repeat(65_536)}`)).toEqual([expect.stringContaining('larger than 65536 bytes')])
  expect(flawsOf(Uint8Array.of(0xff, 0xfe, 0x74, 0))).toEqual(['1:1 the file is not UTF-8: save it as UTF-8'])
  expect(flawsOf(`text: ${'['.repeat(65_000)}`).length).toBeGreaterThan(0)
  expect(flawsOf(`text: x\nbuttons: ${'[a,'.repeat(16_000)}`).length).toBeGreaterThan(0)
  const startMs = performance.now()
  const keys = Array.from({ length: 3_000 }, (_, index) => `${index.toString(36)}:\n`).join('')
  expect(flawsOf(keys).length).toBeGreaterThan(0)
  expect(flawsOf(`text: a\na: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n`)[0]).toContain('& and a name')
  expect(performance.now() - startMs).toBeLessThan(10_000)
})

test('whatever bytes a file has, it is read or told where it cannot be', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'text: ',
      '|\n',
      '  ',
      '\n',
      '- ',
      '"',
      "'",
      '{',
      '[',
      '*a',
      '&a ',
      '!!str ',
      '# ',
      '---\n',
      '\r',
      '? ',
    ),
    fc.constantFrom(
      'buttons:',
      'url: x',
      '<<: ',
      '__proto__: ',
      '%YAML 1.1\n',
      '\t',
      '\ufeff',
      'silent: ',
      'true',
      ': ',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(piece, { maxLength: 14 }).map((pieces) => Buffer.from(pieces.join(''))),
  )
  fc.assert(
    fc.property(bytes, (given) => {
      const read = readTemplate(given)
      if (read.status === 'read') {
        expect(templateContentSchema.parse(read.content)).toEqual(read.content)
        return
      }
      const lines = Buffer.from(given).toString('utf8').split('\n')
      expect(read.flaws.length).toBeGreaterThan(0)
      for (const { line, column } of read.flaws) {
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2)
      }
    }),
    { numRuns: 600 },
  )
})

test('comments, a byte order mark and Windows line ends are no part of a template', () => {
  const read = readTemplate(
    Buffer.from(
      '\ufeff# ours\r\ntext: | # two lines\r\n  Ciao # 1\r\n   a\r\n\r\nsilent: true # no sound\r\n',
    ),
  )
  expect(read).toMatchObject({ status: 'read', content: { text: 'Ciao # 1\n a\n', silent: true } })
})

test.each<[string, { at: string; line?: number; column?: number }, [number, number]]>([
  ['text: |\n  a\n  bc\n', { at: 'text', line: 2, column: 2 }, [3, 4]],
  ['# x\r\ntext: |+2\r\n\r\n     a\r\n', { at: 'text', line: 2, column: 4 }, [4, 6]],
  ['text: Ciao\n', { at: 'text', line: 1, column: 3 }, [1, 9]],
  ['text: "Ciao"\n', { at: 'text', line: 1, column: 3 }, [1, 10]],
  ['text: "Ciao \\" x"\n', { at: 'text', line: 1, column: 8 }, [1, 16]],
  ["text: 'Ciao '' x'\n", { at: 'text', line: 1, column: 8 }, [1, 16]],
  ['text: "\\x41\\u00e8\\U0001F600b"\n', { at: 'text', line: 1, column: 5 }, [1, 28]],
  ['text: "a\\nbc"\n', { at: 'text', line: 2, column: 2 }, [1, 12]],
  ['text: "a\n\n  bc"\n', { at: 'text', line: 2, column: 2 }, [1, 7]],
  ['text: >\n  a\n  b\n', { at: 'text', line: 1, column: 3 }, [1, 7]],
  [
    'text: a\nbuttons:\n  - - text: b\n      url: c\n',
    { at: 'buttons.0.0.url', line: 1, column: 1 },
    [4, 12],
  ],
  ['text: a\nbuttons:\n  - - text: b\n      url: c\n', { at: 'buttons.0.0' }, [3, 7]],
  ['text: a\nbuttons:\n  - - text: b\n      url: c\n', { at: 'buttons' }, [2, 1]],
  ['text: a\n', { at: 'preview', line: 3, column: 9 }, [1, 1]],
  ['# x\n\ntext: a\n', { at: '' }, [3, 1]],
])('in %j %o stands at %j', (text, place, [line, column]) => {
  expect(placeOf(text, place)).toEqual({ line, column })
})
