import { expect, test } from 'vitest'
import { createRetention, type RetentionDays, type RetentionDependencies } from './create-retention.ts'

const DAYS: RetentionDays = {
  telegram_updates: 7,
  event_data: 30,
  message_content: 90,
  messages: 730,
  events: 730,
  rejected_events: 730,
  optin_links: 30,
  consent_visitors: 90,
  consent_details: 3650,
}
const NOTHING: RetentionDays = {
  telegram_updates: 0,
  event_data: 0,
  message_content: 0,
  messages: 0,
  events: 0,
  rejected_events: 0,
  optin_links: 0,
  consent_visitors: 0,
  consent_details: 0,
}

function prepare(change: Partial<RetentionDependencies> = {}) {
  const asked: string[] = []
  const retention = createRetention({
    days: DAYS,
    async clear({ kind, olderThanDays, from }) {
      asked.push([kind, olderThanDays, ...(from === undefined ? [] : [from])].join(' '))
      return { rows: 0 }
    },
    cleared: () => undefined,
    ...change,
  })
  return { retention, asked }
}

test('[CM-4] every kind of data has its time, for all shops together, and what carries it goes last', async () => {
  const { retention, asked } = prepare()
  await retention.run()
  expect(asked).toEqual([
    'telegram_updates 7',
    'event_data 30',
    'message_content 90',
    'messages 730',
    'events 730',
    'rejected_events 730',
    'optin_links 30',
    'consent_visitors 90',
    'consent_details 3650',
  ])
})

test('a kind with 0 days is kept for ever', async () => {
  const { retention, asked } = prepare({ days: { ...NOTHING, messages: 5 } })
  await retention.run()
  expect(asked).toEqual(['messages 5'])
})

test('a kind is cleared batch by batch until nothing older is left, and each batch is counted', async () => {
  const told: unknown[] = []
  const batches = [{ rows: 1000, next: '5000' }, { rows: 0, next: '6000' }, { rows: 7 }]
  const begun: (string | undefined)[] = []
  const { retention } = prepare({
    days: { ...NOTHING, event_data: 1 },
    async clear({ from }) {
      begun.push(from)
      return batches.shift()
    },
    cleared: (kind, rows) => told.push([kind, rows]),
  })
  await retention.run()
  expect(begun).toEqual([undefined, '5000', '6000'])
  expect(told).toEqual([
    ['event_data', 1000],
    ['event_data', 0],
    ['event_data', 7],
  ])
})

test('whoever finds another process at it leaves the rest to that one', async () => {
  let asked = 0
  const { retention } = prepare({
    async clear() {
      asked += 1
      return undefined
    },
  })
  await retention.run()
  expect(asked).toBe(1)
})

test('a process that is told to stop does so after the batch under way', async () => {
  let asked = 0
  const { retention } = prepare({
    async clear() {
      asked += 1
      retention.stop()
      return { rows: 1000, next: '1' }
    },
  })
  await retention.run()
  expect(asked).toBe(1)
})
