import { expect, test } from 'vitest'
import { createSweep, type Forgotten, type SweepDependencies } from './sweep.ts'

const BOTS = [{ shopId: '1', botId: '2' }]

function prepare(
  found: { messages?: string[]; bots?: typeof BOTS },
  change: Partial<SweepDependencies> = {},
) {
  const told: unknown[] = []
  const forgotten: Forgotten = {
    messages: async () => found.messages ?? [],
    bots: async () => found.bots ?? [],
  }
  const sweep = createSweep({
    alone: (work) => work(forgotten),
    countWaitingRenders: async () => 0,
    enqueueRender: async (messageIds) => void told.push(['enqueue', messageIds]),
    withoutTurn: async (bots) => bots,
    wake: async (bots) => void told.push(['wake', bots]),
    swept: (stage, count) => told.push(['swept', stage, count]),
    holdMs: 0,
    ...change,
  })
  return { sweep, told }
}

test('what has lost its job gets one, and is counted once it has it', async () => {
  const { sweep, told } = prepare({ messages: ['5', '6'], bots: BOTS })
  await sweep()
  expect(told).toEqual([
    ['enqueue', ['5', '6']],
    ['swept', 'render', 2],
    ['wake', BOTS],
    ['swept', 'turn', 1],
  ])
})

test('where nothing was lost, nothing is asked for and nothing counted', async () => {
  const { sweep, told } = prepare({})
  await sweep()
  expect(told).toEqual([])
})

test('a bot whose turn is still to come has lost nothing', async () => {
  const { sweep, told } = prepare({ bots: BOTS }, { withoutTurn: async () => [] })
  await sweep()
  expect(told).toEqual([])
})

test('while another process sweeps, nothing happens', async () => {
  const { sweep, told } = prepare({ messages: ['5'], bots: BOTS }, { alone: async () => undefined })
  await sweep()
  expect(told).toEqual([])
})

test('messages behind a long queue are late, not lost: the queue is not made longer; bots are woken all the same', async () => {
  const { sweep, told } = prepare({ messages: ['5'], bots: BOTS }, { countWaitingRenders: async () => 500 })
  await sweep()
  expect(told).toEqual([
    ['wake', BOTS],
    ['swept', 'turn', 1],
  ])
})

test('without Redis nothing is counted, and the next sweep tries again', async () => {
  const { sweep, told } = prepare(
    { messages: ['5'] },
    { enqueueRender: () => Promise.reject(new Error('Redis is away')) },
  )
  await expect(sweep()).rejects.toThrow('Redis is away')
  expect(told).toEqual([])
})

test('others are kept out until what was found could leave the list', async () => {
  let isOver = false
  const held = prepare({ bots: BOTS }, { holdMs: 30 })
    .sweep()
    .then(() => (isOver = true))
  await new Promise(setImmediate)
  expect(isOver).toBe(false)
  await held
})
