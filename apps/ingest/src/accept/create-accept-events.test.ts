import type { Acceptance, NewEvent } from '@postino/database'
import { EXAMPLES, parseEvent } from '@postino/domain'
import { expect, test } from 'vitest'
import { createAcceptEvents, DatabaseAwayError } from './create-accept-events.ts'
import { newEvent, type IncomingEvent } from './new-event.ts'

function createScene(record: (events: NewEvent[], call: number) => void = () => {}) {
  const calls: string[][] = []
  const enqueued: string[] = []
  const counted: string[] = []
  const accept = createAcceptEvents({
    async record(events) {
      calls.push(events.map((event) => event.eventId))
      record(events, calls.length)
      return events.map(accepted)
    },
    async enqueue(messageIds) {
      enqueued.push(...messageIds)
    },
    onOutcome: ({ eventId }, outcome) => counted.push(`${eventId} ${outcome.status}`),
  })
  return { accept, calls, enqueued, counted }
}

function accepted({ eventId, source }: NewEvent): Acceptance {
  const messages = [{ id: `m-${eventId}`, recipient: 'r', role: 'customer' }]
  return { status: 'accepted', eventId, source, messages, fresh: !eventId.startsWith('old') }
}

function incoming(id: string): IncomingEvent {
  const parsed = parseEvent({ ...EXAMPLES['order.status_changed'], id }, { nowMs: Date.UTC(2026, 10, 21) })
  if (parsed.status === 'invalid') throw new Error('the example is valid')
  return newEvent({ shopId: '1', receivedOver: 'http', event: parsed.event })
}

function databaseError(code: string): Error {
  return Object.assign(new Error('refused'), { code })
}

test('outcomes come in order, and only new events have their messages rendered', async () => {
  const { accept, enqueued, counted } = createScene()
  const outcomes = await accept(['a', 'old', 'b'].map(incoming))
  expect(outcomes.map(({ id }) => id)).toEqual(['a', 'old', 'b'])
  expect(enqueued).toEqual(['m-a', 'm-b'])
  expect(counted).toEqual(['a accepted', 'old accepted', 'b accepted'])
})

test('an event that Postgres will never store spoils nobody else’s', async () => {
  const { accept, calls } = createScene((events) => {
    if (events.some((event) => event.eventId === 'poison')) throw databaseError('22P05')
  })
  const ids = ['a', 'b', 'c', 'poison', 'd', 'e', 'f', 'g']
  const outcomes = await accept(ids.map(incoming))
  expect(outcomes.map(({ id, status }) => [id, status])).toEqual(
    ids.map((id) => [id, id === 'poison' ? 'unstorable' : 'accepted']),
  )
  expect(calls.length).toBeLessThanOrEqual(7)
})

test('what lost against another transaction is tried again, a few times', async () => {
  const twice = createScene((_events, call) => {
    if (call < 3) throw databaseError('40P01')
  })
  expect(await twice.accept([incoming('a')])).toMatchObject([{ status: 'accepted' }])
  expect(twice.calls).toHaveLength(3)
  const always = createScene(() => {
    throw databaseError('40001')
  })
  await expect(always.accept([incoming('a')])).rejects.toThrow(DatabaseAwayError)
  expect(always.calls.length).toBeLessThanOrEqual(5)
})

test('after a lost connection all messages are rendered, as the commit may have gone through', async () => {
  const { accept, enqueued } = createScene((_events, call) => {
    if (call === 1) throw databaseError('57P01')
  })
  await accept([incoming('old')])
  expect(enqueued).toEqual(['m-old'])
})

test.each(['ECONNREFUSED', '53300', '57P03', '25006', '42P01'])('%s: the database is away', async (code) => {
  const { accept, calls, enqueued } = createScene(() => {
    throw databaseError(code)
  })
  await expect(accept([incoming('a'), incoming('b')])).rejects.toThrow(DatabaseAwayError)
  expect(calls).toHaveLength(1)
  expect(enqueued).toEqual([])
})

test('a mistake of ours is neither repeated nor hidden', async () => {
  const { accept, calls } = createScene(() => {
    throw new TypeError('undefined is not a function')
  })
  await expect(accept([incoming('a')])).rejects.toThrow(TypeError)
  expect(calls).toHaveLength(1)
})
