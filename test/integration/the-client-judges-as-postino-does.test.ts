import { createPostino, InvalidEventError } from '@postino/client'
import { EXAMPLES, MAX_EVENT_BYTES, parseEvent } from '@postino/domain'
import { expect, test } from 'vitest'

// Nothing is sent: nobody listens there.
const postino = createPostino({ url: 'http://127.0.0.1:2', apiKey: 'pst_live_x', retryForMs: 0 })

function eventWith(extra: unknown): object {
  const event = EXAMPLES['order.status_changed']
  return { ...event, data: { ...event.data, extra } }
}

function nested(levels: number): unknown {
  return levels === 0 ? 'end' : { in: nested(levels - 1) }
}

test.each<[string, object]>([
  ['NaN', eventWith({ a: Number.NaN })],
  ['an infinity', eventWith({ 'a b': [Infinity] })],
  ['a number that would be rounded', eventWith({ a: 2 ** 60 })],
  ['a BigInt', eventWith({ a: 1n })],
  ['a function', eventWith({ a: () => 1 })],
  ['an undefined in a list', eventWith({ a: [undefined] })],
  ['a map', eventWith({ a: new Map() })],
  ['too deep a nest', eventWith(nested(19))],
  ['too large an event', eventWith({ a: Array(17).fill('x'.repeat(4_000)) })],
  ['many faults', eventWith({ a: Array(30).fill(Number.NaN) })],
  ['a list', []],
])('%s: the same words before it is sent as after', async (_name, event) => {
  const parsed = parseEvent(event, { nowMs: Date.now() })
  const error: unknown = await postino.send(Object(event)).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(InvalidEventError)
  expect(Object(error).issues).toEqual(parsed.status === 'invalid' && parsed.issues)
})

test.each<[string, object]>([
  ['the deepest nest', eventWith(nested(17))],
  ['members that are undefined', eventWith({ a: undefined })],
  ['the largest event', eventWith({ a: filler() })],
])('%s: what Postino takes is sent', async (_name, event) => {
  expect(parseEvent(event, { nowMs: Date.now() })).toMatchObject({ status: 'valid' })
  await expect(postino.send(Object(event))).rejects.toMatchObject({ code: 'unavailable' })
})

/** What fills an event to the last byte. */
function filler(): string[] {
  const texts = Array<string>(15).fill('x'.repeat(4_096))
  const used = Buffer.byteLength(JSON.stringify(eventWith({ a: [...texts, ''] })))
  return [...texts, 'x'.repeat(MAX_EVENT_BYTES - used)]
}
