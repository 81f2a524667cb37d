import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderJobOptions } from '../job-catalogue.ts'
import { createJobIds } from '../job-ids.ts'
import { encodeRenderJob, parseRenderJob } from './render-job.ts'

/** What Redis keeps in the compact form (`hash-max-listpack-value`, by default). */
const COMPACT_BYTES = 64

const id = fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }).map(String)
/** As acceptance gives them: close together, with gaps where others were accepted meanwhile. */
const batch = fc
  .tuple(
    fc.bigInt({ min: 1n, max: 10n ** 15n }),
    fc.array(fc.bigInt({ min: 1n, max: 300n }), { minLength: 1, maxLength: 50 }),
  )
  .map(([first, steps]) => {
    let latest = first
    return steps.map((step) => String((latest += step)))
  })

test('the ids of a job come out as they went in, but for their order', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(id, { minLength: 1, maxLength: 50 }), batch), (messageIds) => {
      const parsed = parseRenderJob(JSON.parse(JSON.stringify(encodeRenderJob(messageIds))))
      expect(parsed.toSorted()).toEqual(messageIds.toSorted())
    }),
  )
})

test('jobs of the version before, which held a list, are understood', () => {
  expect(parseRenderJob({ messageIds: ['7', '5'] })).toEqual(['7', '5'])
})

test.each([
  undefined,
  null,
  7,
  '',
  'x',
  '1.(',
  '1.(2)',
  '1.!',
  '1.0.0',
  '0.',
  'zzzzzzzzzzzz.',
  `1.${'1'.repeat(50)}`,
  {},
  { messageIds: '1' },
  { messageIds: ['x'] },
  { messageIds: Array(51).fill('1') },
])('something else than a render job is refused: %j', (data) => {
  expect(() => parseRenderJob(data)).toThrow('not a')
})

test('no job is made of too many messages', () => {
  expect(() => encodeRenderJob(Array.from({ length: 51 }, () => '1'))).toThrow('at most 50')
})

test('fifty messages accepted together, of ten digits, are small enough for the compact form, and so are the options', () => {
  const messageIds = Array.from({ length: 50 }, (_, index) => String(9_876_543_210 + index * 20))
  expect(JSON.stringify(encodeRenderJob(messageIds)).length).toBeLessThanOrEqual(COMPACT_BYTES)
  const longestId = `${createJobIds()().slice(0, 9)}${Number.MAX_SAFE_INTEGER.toString(36).slice(0, 7)}`
  expect(JSON.stringify(renderJobOptions(longestId)).length).toBeLessThanOrEqual(COMPACT_BYTES)
})
