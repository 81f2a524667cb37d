import type { SendResult } from '@postino/database'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { createPatience } from './patience.ts'
import { createGiveBack, createRecord } from './record.ts'

const logger = createLogger({ name: 'test', level: 'silent' })

function result(id: string): SendResult {
  return { shopId: '1', id, epoch: '4', status: 'sent', countsAsAttempt: true }
}

function recordWith(write: (ids: string[], count: number) => void, tries = 5) {
  const written: string[][] = []
  let count = 0
  const record = createRecord({
    async write(results) {
      const ids = results.map(({ id }) => id)
      write(ids, ++count)
      written.push(ids)
    },
    patiently: createPatience({ logger, tries }),
  })
  return { record, written }
}

function refused(): Error {
  return Object.assign(new Error('unsupported Unicode escape sequence'), { code: '22P05' })
}

test('results that come together are written together', async () => {
  const { record, written } = recordWith(() => undefined)
  await Promise.all(['1', '2', '3'].map((id) => record(result(id))))
  expect(written).toEqual([['1', '2', '3']])
})

test('while Postgres is away a result waits, and is written when it is back', async () => {
  const { record, written } = recordWith((_ids, count) => {
    if (count < 3) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  })
  await record(result('1'))
  expect(written).toEqual([['1']])
})

test('when it stays away the result is given up, loudly', async () => {
  const { record } = recordWith(() => {
    throw new Error('connection terminated')
  }, 2)
  await expect(record(result('1'))).rejects.toThrow('connection terminated')
})

test('a result that Postgres refuses is lost alone, and at once', async () => {
  const { record, written } = recordWith((ids) => {
    if (ids.includes('2')) throw refused()
  })
  const outcomes = await Promise.allSettled(['1', '2', '3'].map((id) => record(result(id))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { message: 'the result of message 2 could not be recorded' } })
  expect(written).toEqual([['1'], ['3']])
})

test('a message that is given back keeps its place and its count of attempts', async () => {
  const results: SendResult[] = []
  const giveBack = createGiveBack(async (one) => results.push(one))
  await giveBack({ shopId: '1', id: '9', epoch: '4' })
  expect(results).toEqual([
    { shopId: '1', id: '9', epoch: '4', status: 'queued', dueInMs: 0, countsAsAttempt: false },
  ])
})
