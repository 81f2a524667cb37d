import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJsonParameters } from './json-parameters.ts'
import { createParameters } from './parameters.ts'

function read(source: string, names: string[]): Record<string, string> {
  const parameters = createParameters()
  readJsonParameters(source, parameters)
  return Object.fromEntries(
    names.filter((name) => parameters.has(name)).map((name) => [name, parameters.text(name)]),
  )
}

test('strings are decoded, everything else stays as it is written', () => {
  const source =
    ' { "chat_id" : -100123456789012345678 , "text":"a\\n\\u0434\\ud83d\\ude00", "flag": true,"none":null, "markup": {"a" : [1, "}"]} } '
  expect(read(source, ['chat_id', 'text', 'flag', 'none', 'markup'])).toEqual({
    chat_id: '-100123456789012345678',
    text: 'a\nд😀',
    flag: 'true',
    none: 'null',
    markup: '{"a" : [1, "}"]}',
  })
})

test('what stands before a mistake is kept, what stands after it is not', () => {
  expect(read('{"chat_id":5,"text":"cut of', ['chat_id', 'text'])).toEqual({ chat_id: '5' })
  expect(read('{"chat_id":5 "text":"x"}', ['chat_id', 'text'])).toEqual({ chat_id: '5' })
  expect(read('[1,2]', ['chat_id'])).toEqual({})
  expect(read('{"a":tru,"b":1}', ['a', 'b'])).toEqual({})
})

test('the first of two fields with one name wins', () => {
  expect(read('{"text":"a","text":"b"}', ['text'])).toEqual({ text: 'a' })
})

test('a string at the top is the parameter content', () => {
  expect(read('"hello"', ['content'])).toEqual({ content: 'hello' })
  expect(read('"hello" x', ['content'])).toEqual({})
})

test('half of a surrogate pair makes a text that is not well-formed', () => {
  expect(read(String.raw`{"text":"\ud83d"}`, ['text'])['text']?.isWellFormed()).toBe(false)
})

test('every JSON object is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (object) => {
      const got = read(JSON.stringify(object), Object.keys(object))
      for (const [name, value] of Object.entries(object)) {
        if (typeof value === 'string') expect(got[name]).toBe(value)
        else expect(JSON.parse(got[name]!)).toEqual(JSON.parse(JSON.stringify(value)))
      }
    }),
  )
})

test('no text is too broken or too deep to be read', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (source) => void read(`{"a":${source}`, ['a'])))
  expect(read(`{"a":${'['.repeat(100_000)}`, ['a'])).toEqual({})
})

test('a megabyte of escapes is read in one pass', () => {
  const source = `{"text":"${'\\n'.repeat(500_000)}"}`
  expect(read(source, ['text'])['text']).toHaveLength(500_000)
})
