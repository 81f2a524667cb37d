import { expect, test } from 'vitest'
import { decodeUrl, readFormParameters } from './form-parameters.ts'
import { createParameters } from './parameters.ts'

test('names and values are decoded, plus is a space, a name without equals sign has an empty value', () => {
  const parameters = createParameters()
  readFormParameters('te%78t=a+b%2Bc&flag&=nameless&x=1=2', parameters)
  const names = ['text', 'flag', '', 'x']
  expect(names.map((name) => parameters.text(name))).toEqual(['a b+c', '', 'nameless', '1=2'])
  expect(parameters.has('flag')).toBe(true)
})

test('UTF-8 escapes become characters, wrong bytes a text that is not well-formed', () => {
  expect(decodeUrl('%D0%B4%F0%9F%98%80', true)).toBe('д😀')
  expect(decodeUrl('%ff', true).isWellFormed()).toBe(false)
})

test('a percent sign that begins no escape stays', () => {
  expect(decodeUrl('100%&%zz%4', true)).toBe('100%&%zz%4')
})
