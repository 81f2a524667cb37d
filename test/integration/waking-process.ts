import { createRedis, createTurnQueue } from '@postino/queues'

/** Wakes the same bots without end, some at a time, to be killed. Says when it has begun. */
const [url = ''] = process.argv.slice(2)
const turns = createTurnQueue({ redis: createRedis({ url, onError: () => undefined }) })

for (let wakes = 0; ; wakes++) {
  const count = 1 + (wakes % 20)
  const bots = Array.from({ length: count }, (_, index) => ({
    shopId: '1',
    botId: String(1 + ((wakes * 7 + index) % 50)),
  }))
  await turns.wake(bots)
  if (wakes === 1) console.log(JSON.stringify({ msg: 'waking' }))
}
