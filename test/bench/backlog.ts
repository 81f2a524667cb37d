import { openBacklog, type BacklogShape } from './backlog/open-backlog.ts'
import type { Bench, BenchRow } from './bench.ts'
import { percentile } from './percentile.ts'
import { openStage, type Stage } from './stage/stage.ts'

interface Shape {
  name: string
  of: (messages: number) => BacklogShape
}

const SHAPES: Shape[] = [
  {
    name: 'ten messages a chat, in turn',
    of: (messages) => ({ chats: messages / 10, perChat: 10, isByChat: false }),
  },
  {
    name: 'ten crowded chats, one behind the other',
    of: (messages) => ({ chats: 10, perChat: messages / 10, isByChat: true }),
  },
]
const FEW = 10_000
const MANY = 1_000_000
const WARM_UP = 20
const CLAIMS = 200
// The renderer asks for a turn once for the messages it renders together.
const MESSAGES_PER_WAKE = 100

/**
 * What a claim costs with a million messages queued for the bot, against ten thousand; each in a database of its own, in
 * turns, so that whatever else the machine does meets both. And what a million queued messages cost in Redis.
 * `--quick`: a hundred thousand.
 */
export const backlog: Bench = async ({ say, isQuick }) => {
  await using stage = await openStage()
  const most = isQuick ? MANY / 10 : MANY
  const rows: BenchRow[] = []
  for (const shape of SHAPES) {
    say(`${most} messages, ${shape.name} …`)
    rows.push(...(await measureClaims(stage, shape, most)))
  }
  say(`${most} queued messages in Redis …`)
  return [...rows, await measureRedis(stage, most)]
}

async function measureClaims(stage: Stage, { name, of }: Shape, most: number): Promise<BenchRow[]> {
  await using few = await openBacklog(stage.databaseUrl, of(FEW))
  await using many = await openBacklog(stage.databaseUrl, of(most))
  const [fewMs, manyMs]: [number[], number[]] = [[], []]
  for (let claims = -WARM_UP; claims < CLAIMS; claims++) {
    const tookMs = [await few.claim(), await many.claim()] as const
    if (claims < 0) continue
    fewMs.push(tookMs[0])
    manyMs.push(tookMs[1])
  }
  const row = (queued: number, samplesMs: number[]) => ({
    name: `claim, ${name}`,
    peer: false,
    queued,
    p50Ms: percentile(samplesMs, 0.5),
    p95Ms: percentile(samplesMs, 0.95),
  })
  const [less, more] = [row(FEW, fewMs), row(most, manyMs)]
  return [less, { ...more, ratio: more.p50Ms / less.p50Ms, p95Ratio: more.p95Ms / less.p95Ms }]
}

/** Nobody serves the bot meanwhile: what is asked for stays. */
async function measureRedis(stage: Stage, messages: number): Promise<BenchRow> {
  const { bots } = await stage.addFleet({ count: 1, chats: 1 })
  const before = await usedBytes(stage)
  for (let woken = 0; woken < messages / MESSAGES_PER_WAKE; woken++) await stage.turns.wake(bots)
  const megabytes = ((await usedBytes(stage)) - before) / 1_000_000
  return { name: 'growth of Redis memory', peer: false, queued: messages, megabytes }
}

async function usedBytes({ redis }: Stage): Promise<number> {
  const info = await redis.info('memory')
  const [, bytes] = /used_memory:(\d+)/.exec(info) ?? []
  if (bytes === undefined) throw new Error('Redis does not tell its memory')
  return Number(bytes)
}
