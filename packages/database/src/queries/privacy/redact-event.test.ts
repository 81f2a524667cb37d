import { EXAMPLES, parseEvent } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactPeople, withoutData, wordsFor } from './redact-event.ts'

const ADA = {
  external_id: 'ada-7',
  name: { first: 'Ada', last: 'Byron' },
  phone: '+390001',
  email: 'ada@example.it',
}
const BOB = { external_id: 'bob-8', name: { first: 'Bob' }, email: 'bob@example.it' }
const GONE = { external_id: 'erased-1', name: { first: '…', last: '…' } }
const STUBS = new Map([['ada-7', 'erased-1']])

test('[U10] a person is taken out wherever an event names them, and others stay', () => {
  const body = {
    id: 'e',
    type: 'x',
    source: '/ada-7',
    subject: 'ada-7',
    partitionkey: 'ada@example.it',
    data: {
      actor: ADA,
      folder: { admins: [BOB, ADA] },
      to: [ADA, BOB],
      note: 'ada-7',
      extra: { ref: 'ada-7', call: ['+390001', 1] },
    },
  }
  expect(redactPeople(body, STUBS)).toEqual({
    id: 'e',
    type: 'x',
    source: '/ada-7',
    subject: 'erased-1',
    partitionkey: 'erased-1',
    data: {
      actor: GONE,
      folder: { admins: [BOB, GONE] },
      to: [GONE, BOB],
      note: 'ada-7',
      extra: { ref: 'erased-1', call: ['erased-1', 1] },
    },
  })
  expect(wordsFor(body, STUBS)).toEqual(
    expect.arrayContaining(['ada-7', '+390001', 'ada@example.it', 'Ada', 'Byron']),
  )
  expect(wordsFor(body, STUBS)).not.toContain('Bob')
})

test('[U10] what is left of an event tells which it was, and nothing of its data', () => {
  expect(
    withoutData({ id: 'e', type: 't', source: 's', subject: 'ada-7', data: { actor: ADA } }, 'erasure'),
  ).toEqual({
    id: 'e',
    type: 't',
    source: 's',
    removed: 'erasure',
  })
})

test('a redacted event is still a valid event, of every kind', () => {
  for (const [kind, example] of Object.entries(EXAMPLES)) {
    const ids = [...JSON.stringify(example).matchAll(/"external_id":"([^"]+)"/g)].map(([, id]) => id ?? '')
    const stubs = new Map(ids.map((id, index) => [id, `erased-${index}`]))
    const redacted = redactPeople({ ...example }, stubs)
    expect(parseEvent(redacted, { nowMs: Date.parse(example.time) }).status, kind).toBe('valid')
    for (const id of ids) expect(JSON.stringify(redacted)).not.toContain(id)
  }
})

test('any JSON: nothing of the person is left, and nothing but people changes', () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>('x', 1, true, null, ADA, BOB),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'extra', '__proto__x'), tie('tree'), { maxKeys: 3 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (data) => {
      const redacted = JSON.stringify(redactPeople({ id: 'e', data }, STUBS))
      for (const word of ['ada-7', 'Byron', '+390001', 'ada@example.it']) expect(redacted).not.toContain(word)
      const expected = JSON.stringify({ id: 'e', data }).replaceAll(JSON.stringify(ADA), JSON.stringify(GONE))
      expect(redacted).toBe(expected)
    }),
  )
})
