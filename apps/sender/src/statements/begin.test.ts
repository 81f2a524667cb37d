import type { BegunTurn } from '@postino/database'
import { expect, test } from 'vitest'
import { createBegin } from './begin.ts'
import { createSimulatedBot } from '../turn/simulated-bot.ts'

const { begun: BEGUN } = createSimulatedBot([], { callMs: () => 0, claimMs: () => 0 })

function prepare() {
  const statements: string[][] = []
  let epoch = 0
  const begin = createBegin(async (bots) => {
    statements.push(bots.map(({ botId }) => botId))
    return bots.map(({ botId }): BegunTurn | undefined =>
      botId === 'paused' ? undefined : { ...BEGUN, botId, epoch: String((epoch += 1)) },
    )
  })
  return { statements, begin: (botId: string) => begin({ shopId: '1', botId }) }
}

test('turns that begin together share a statement, and each gets its own', async () => {
  const { statements, begin } = prepare()
  const begun = await Promise.all([begin('2'), begin('paused'), begin('3')])
  expect(begun.map((turn) => turn?.botId)).toEqual(['2', undefined, '3'])
  expect(statements).toEqual([['2', 'paused', '3']])
})

test('two turns of one bot that begin together get different epochs', async () => {
  const { begin } = prepare()
  const begun = await Promise.all([begin('2'), begin('2'), begin('2')])
  expect(new Set(begun.map((turn) => turn?.epoch)).size).toBe(3)
})
