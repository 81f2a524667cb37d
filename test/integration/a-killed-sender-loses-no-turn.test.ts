import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { useRedis, useRedisServer, useTurnQueue } from './queues-under-test.ts'
import type { RedisServer } from './redis-server.ts'

function startSender(server: RedisServer, mode: 'serve' | 'hang'): ChildProcess {
  const sender = fork(new URL('turn-worker-process.ts', import.meta.url), [server.url, mode])
  onTestFinished(() => {
    sender.kill('SIGKILL')
  })
  return sender
}

test('a turn whose sender is killed is taken by the next sender, however often that happens', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  await queue.wake([{ shopId: '1', botId: '7' }])

  for (let round = 0; round < 4; round++) {
    const sender = startSender(server, 'hang')
    expect(await once(sender, 'message')).toMatchObject([{ botId: '7' }, undefined])
    sender.kill('SIGKILL')
  }

  expect(await once(startSender(server, 'serve'), 'message')).toMatchObject([{ botId: '7' }, undefined])
}, 60_000)

test('senders are killed again and again, and every wake is followed by a turn that runs to its end', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const redis = useRedis(server)
  const wantedAt = new Map<string, number>()
  const servedAt = new Map<string, number>()

  function serve(): ChildProcess {
    const sender = startSender(server, 'serve')
    sender.on('message', (turn: { botId: string; startedAt: number }) => {
      servedAt.set(turn.botId, Math.max(turn.startedAt, servedAt.get(turn.botId) ?? 0))
    })
    return sender
  }

  async function wakeSomeBots(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const botId = String(1 + (i % 25))
      wantedAt.set(botId, await redis.incr('moment'))
      await queue.wake([{ shopId: '1', botId }], { delayMs: i % 4 === 0 ? i % 50 : 0 })
    }
  }

  for (let round = 0; round < 4; round++) {
    const sender = serve()
    const firstTurn = once(sender, 'message')
    const waking = wakeSomeBots(150)
    await firstTurn
    await wait(round * 17)
    sender.kill('SIGKILL')
    await waking
  }
  serve()

  function unserved(): string[] {
    return [...wantedAt].filter(([bot, at]) => at > (servedAt.get(bot) ?? 0)).map(([bot]) => bot)
  }
  await vi.waitFor(() => expect(unserved()).toEqual([]), { timeout: 20_000, interval: 20 })
}, 60_000)
