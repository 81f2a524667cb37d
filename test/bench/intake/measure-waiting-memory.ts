import { startRedis } from '@postino/embedded'
import { closeRedis, createRedis, createRenderQueue } from '@postino/queues'
import type { BenchRow } from '../bench.ts'

/** As many as ingest commits at a time. */
const IDS_PER_CALL = 500
/** Ids as they are after a hundred million messages. */
const FIRST_ID = 100_000_001

/** What messages that wait to be rendered cost in Redis, asked for as ingest does. */
export async function measureWaitingMemory(messages: number): Promise<BenchRow> {
  await using stack = new AsyncDisposableStack()
  const server = stack.adopt(await startRedis(), (started) => started.stop())
  const redis = stack.adopt(createRedis({ url: server.url, onError: console.error }), closeRedis)
  const queue = stack.adopt(createRenderQueue({ redis }), (opened) => opened.close())
  const usedBytes = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
  await queue.add([String(FIRST_ID - 1)])
  const before = await usedBytes()
  for (let from = 0; from < messages; from += IDS_PER_CALL)
    await queue.add(Array.from({ length: IDS_PER_CALL }, (_, index) => String(FIRST_ID + from + index)))
  return {
    name: 'Redis, messages waiting to be rendered',
    peer: false,
    messages,
    megabytes: ((await usedBytes()) - before) / 1_000_000,
  }
}
