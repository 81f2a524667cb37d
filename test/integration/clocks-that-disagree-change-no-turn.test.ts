import type { TurnEnd } from '@postino/queues'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useQueueDepths, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const MINUTE_MS = 60_000
const bot = { shopId: '1', botId: '7' }

/** From here on this process's clock is off by so much. */
function shiftClock(offsetMs: number): void {
  const now = Date.now
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + offsetMs)
  onTestFinished(() => clock.mockRestore())
}

test.each([MINUTE_MS, -MINUTE_MS])(
  'a turn asked for by a process with another clock (%i ms off) comes no later and no earlier',
  async (offsetMs) => {
    const url = await createTestRedis()
    const queue = useTurnQueue(url)
    const depths = useQueueDepths(url)
    await queue.wake([bot], { delayMs: 100 })
    await queue.wake([{ shopId: '1', botId: '8' }], { delayMs: 30_000 })

    shiftClock(offsetMs)
    const process = vi.fn(async (): Promise<TurnEnd> => ({})).mockResolvedValueOnce({ nextTurnInMs: 20 })
    useTurnWorker(url, { process })

    await eventually(() => expect(process).toHaveBeenCalledTimes(2))
    expect(process).toHaveBeenCalledWith({ ...bot, shard: 0 }, expect.any(AbortSignal))
    expect((await depths.read()).turns.delayed).toBe(1)
  },
)
