import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isId, parseTurn, parseTurnKey, turnJobOptions, turnKey } from './job-catalogue.ts'
import { createJobIds } from './job-ids.ts'

const id = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String)

test('a bot is found again under its key, and two bots never share one', () => {
  fc.assert(
    fc.property(id, id, id, id, (shopId, botId, otherShopId, otherBotId) => {
      const key = turnKey({ shopId, botId })
      expect(parseTurnKey(key)).toEqual({ shopId, botId })
      const isSame = shopId === otherShopId && botId === otherBotId
      expect(turnKey({ shopId: otherShopId, botId: otherBotId }) === key).toBe(isSame)
    }),
  )
})

test('keys and ids of jobs are no whole numbers and hold no colon, as BullMQ demands', () => {
  const nextJobId = createJobIds()
  const jobIds = Array.from({ length: 1_000 }, nextJobId)
  const options = turnJobOptions('j1', { shopId: '1', botId: '2' })
  for (const text of [...jobIds, turnKey({ shopId: '1', botId: '2' }), String(options.deduplication?.id)]) {
    expect(text).not.toMatch(/:|^\d+$/)
  }
})

test('job ids repeat neither within a queue object nor between two', () => {
  const makers = [createJobIds(), createJobIds()]
  const jobIds = makers.flatMap((nextJobId) => Array.from({ length: 1_000 }, nextJobId))
  expect(new Set(jobIds).size).toBe(2_000)
})

test.each([
  undefined,
  null,
  7,
  'x',
  [],
  {},
  { shopId: '1' },
  { shopId: 1, botId: 2 },
  { shopId: '1', botId: 'x' },
])('something else than a turn is refused: %j', (data) => {
  expect(() => parseTurn(data)).toThrow('not a turn')
})

test.each(['', '0', '-1', '1.5', '1e3', ' 1', '1\n', '12345678901234567890', 'x'])('%j is no id', (text) => {
  expect(isId(text)).toBe(false)
})
