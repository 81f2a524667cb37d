import { expect, test } from 'vitest'
import { prefersHtml } from './prefers-html.ts'

test.each([
  'text/html',
  'TEXT/HTML',
  'text/html; charset=utf-8',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'application/json;q=0.5, text/html;q=0.6',
  'text/*',
])('who asks for a page gets one: %s', (accept) => {
  expect(prefersHtml(accept)).toBe(true)
})

test.each([
  undefined,
  '',
  '*/*',
  'application/json',
  'application/json, text/html',
  'application/*, text/html;q=0.9',
  'text/html;q=0',
  'text/html;q=high',
  'text/html;q=0.1, */*',
  ';;,,=',
])('whoever does not gets JSON: %s', (accept) => {
  expect(prefersHtml(accept)).toBe(false)
})
