import { expect, test } from 'vitest'
import { checkContentType } from './content-type.ts'

const ACCEPTED = ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json']

test.each([
  ['application/json', 'application/json'],
  ['Application/JSON; charset=UTF-8', 'application/json'],
  ['application/json;charset="utf-8"', 'application/json'],
  ['application/cloudevents+json; charset=utf8', 'application/cloudevents+json'],
  ['application/cloudevents-batch+json', 'application/cloudevents-batch+json'],
])('%s is read', (header, type) => {
  expect(checkContentType({ 'content-type': header }, ACCEPTED)).toBe(type)
  expect(checkContentType({ 'content-type': header, 'content-encoding': 'identity' }, ACCEPTED)).toBe(type)
})

test.each([
  '',
  'text/plain',
  'application/xml',
  'application/jsonp',
  'application/json, text/plain',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'application/json; charset=utf-16',
])('%j is not', (header) => {
  expect(() => checkContentType({ 'content-type': header }, ACCEPTED)).toThrow(
    expect.objectContaining({ code: 'unsupported-media-type' }),
  )
})

test.each(['gzip', 'br', 'deflate', 'gzip, identity', 'x'])('a body in %s is not', (encoding) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
  expect(() => checkContentType(headers, ACCEPTED)).toThrow(
    expect.objectContaining({ code: 'unsupported-media-type' }),
  )
})
