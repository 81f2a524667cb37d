import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { GIULIA, JAMES, MARTA, OLENA, TARAS } from '../examples/people.ts'
import { EVENT_KINDS, type EventKind } from '../kind.ts'
import { changedExample } from './changed-example.ts'
import { parseEvent } from './parse-event.ts'
import { recipientsOf, type Recipient } from './recipients-of.ts'

function told(input: unknown): Recipient[] {
  const parsed = parseEvent(input, { nowMs: Date.parse('2026-11-21T09:00:00Z') })
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.issues))
  return recipientsOf(parsed.event)
}

test.each<[EventKind, Recipient]>([
  ['order.status_changed', { role: 'customer', person: GIULIA }],
  ['cart.abandoned', { role: 'customer', person: JAMES }],
  ['message.created', { role: 'recipient', person: OLENA }],
  ['message.read', { role: 'sender', person: MARTA }],
  ['activity.status_changed', { role: 'creator', person: GIULIA }],
  ['activity.acknowledged', { role: 'creator', person: JAMES }],
  ['activity.due', { role: 'assignee', person: TARAS }],
  ['file.uploaded', { role: 'admin', person: MARTA }],
  ['file.accessed', { role: 'admin', person: MARTA }],
])('%s is told to the person in its role', (kind, recipient) => {
  expect(told(EXAMPLES[kind])).toEqual([recipient])
})

test.each(EVENT_KINDS)(
  'people named in data.to are told of %s instead, in their order, each once',
  (kind) => {
    const to = [JAMES, { external_id: OLENA.external_id }, { ...JAMES, name: { first: 'Jim' } }]
    expect(told(changedExample(kind, '/data/to', to))).toEqual([
      { role: 'to', person: JAMES },
      { role: 'to', person: { external_id: OLENA.external_id } },
    ])
  },
)

test('every administrator of a folder is told, each once', () => {
  const admins = [MARTA, TARAS, MARTA]
  expect(told(changedExample('file.uploaded', '/data/folder/admins', admins))).toEqual([
    { role: 'admin', person: MARTA },
    { role: 'admin', person: TARAS },
  ])
})
