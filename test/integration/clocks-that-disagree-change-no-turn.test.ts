import type { TurnEnd } from '@postino/queues'
import { expect, onTestFinished, test, vi } from 'vitest'
import { useQueueDepths, useRedisServer, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

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
    const server = await useRedisServer()
    const queue = useTurnQueue(server)
    const depths = useQueueDepths(server)
    await queue.wake([bot], { delayMs: 100 })
    await queue.wake([{ shopId: '1', botId: '8' }], { delayMs: 30_000 })

    shiftClock(offsetMs)
    const process = vi.fn(async (): Promise<TurnEnd> => ({})).mockResolvedValueOnce({ nextTurnInMs: 20 })
    useTurnWorker(server, { process })

    await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(2), { timeout: 10_000 })
    expect(process).toHaveBeenCalledWith(bot, expect.any(AbortSignal))
    expect((await depths.read()).turns.delayed).toBe(1)
  },
)
