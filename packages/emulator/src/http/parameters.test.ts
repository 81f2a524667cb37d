import { expect, test } from 'vitest'
import { booleanParameter, createParameters, integerParameter, leadingInteger } from './parameters.ts'

function parametersOf(values: Record<string, string>) {
  const parameters = createParameters()
  for (const [name, value] of Object.entries(values)) parameters.add(name, value)
  return parameters
}

test('the first occurrence of a parameter wins', () => {
  const parameters = createParameters()
  parameters.add('text', 'first')
  parameters.add('text', 'second')
  expect(parameters.text('text')).toBe('first')
})

test('true, yes and 1 are true in any case, everything else is false', () => {
  const truths = ['true', 'TRUE', 'yes', 'Yes', '1', ' true ']
  const lies = ['false', 'no', '0', '', 'on', '2', 'null', 'truee']
  for (const value of truths)
    expect([value, booleanParameter(parametersOf({ flag: value }), 'flag')]).toEqual([value, true])
  for (const value of lies)
    expect([value, booleanParameter(parametersOf({ flag: value }), 'flag')]).toEqual([value, false])
})

test('an integer out of its range is clamped, one that is no integer counts as zero', () => {
  const range = { absent: 100, min: 1, max: 100 }
  const limit = (value: string) => integerParameter(parametersOf({ limit: value }), 'limit', range)
  expect([limit('500'), limit('-3'), limit('7'), limit('x'), limit('')]).toEqual([100, 1, 7, 1, 100])
})

test('an integer ends where its digits end', () => {
  const read = ['12abc', '1e3', '-45.9', '', 'x', '007', '+5'].map(leadingInteger)
  expect(read).toEqual([12, 1, -45, 0, 0, 7, 0])
})
