import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useRedis, useTurnQueue } from './queues-under-test.ts'

function startSender(url: string, mode: 'serve' | 'hang'): ChildProcess {
  const sender = fork(new URL('turn-worker-process.ts', import.meta.url), [url, mode])
  onTestFinished(() => {
    sender.kill('SIGKILL')
  })
  return sender
}

test('a turn whose sender is killed is taken by the next sender, however often that happens', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  await queue.wake([{ shopId: '1', botId: '7' }])

  for (let round = 0; round < 4; round++) {
    const sender = startSender(url, 'hang')
    expect(await once(sender, 'message')).toMatchObject([{ botId: '7' }, undefined])
    sender.kill('SIGKILL')
  }

  expect(await once(startSender(url, 'serve'), 'message')).toMatchObject([{ botId: '7' }, undefined])
}, 60_000)

test('senders are killed again and again, and every wake is followed by a turn that runs to its end', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const redis = useRedis(url)
  const wantedAt = new Map<string, number>()
  const servedAt = new Map<string, number>()

  function serve(): ChildProcess {
    const sender = startSender(url, 'serve')
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
  await eventually(() => expect(unserved()).toEqual([]))
}, 60_000)
