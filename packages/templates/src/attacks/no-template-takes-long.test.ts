import { expect, test } from 'vitest'
import { attempt } from './attempt.ts'
import { EXHAUSTING_DATA } from './exhausting-data.ts'
import { EXHAUSTING_SOURCES } from './exhausting-sources.ts'

/** Of the processor's time. */
const MAX_MS = 50

/** Far more than a message shows, and no burden for whoever cuts it. */
const MAX_PRINTED_CHARS = 400_000

/** Formats are made once in a process; the bench measures cold ones. */
attempt('{{ a | money }}{{ b | datetime }}{{ c | truncate(1) }}{{ l | list }}', {
  a: { amount: '1', currency: 'EUR' },
  b: '2026-11-21T09:00:00Z',
  c: '👨‍👩‍👧👨‍👩‍👧',
  l: ['a'],
})

test.each([...EXHAUSTING_SOURCES, ...EXHAUSTING_DATA])('$name: $refused', ({ source, data, refused }) => {
  const { cpuMs, ...outcome } = attempt(source, data)
  if (refused === undefined) expect(outcome).toEqual({ refused: undefined, printed: expect.any(String) })
  else expect(outcome).toEqual({ refused: expect.stringContaining(refused), printed: undefined })
  expect(outcome.printed?.length ?? 0).toBeLessThan(MAX_PRINTED_CHARS)
  expect(cpuMs).toBeLessThan(MAX_MS)
})
