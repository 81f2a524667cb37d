import { performance } from 'node:perf_hooks'
import type { Producer } from '../pipeline/producer.ts'
import type { Push } from '../pipeline/producer-process.ts'
import type { Stage } from '../stage/stage.ts'

/** Calls to the emulator since its start, and when they were read, on a clock of this process. */
export interface Sample {
  atMs: number
  calls: number
}

/** Fewer than these under way, and the next round is pushed: the pipeline always has work, and never a backlog. */
const LEAD = 5_000
const LOOK_EVERY_MS = 250
const STILL_MS = 60_000

/**
 * Pushes round after round, as fast as messages arrive at the emulator, until it is told to end; answers how many rounds that were
 * and how the calls rose.
 *
 * @param onSample told each time they were read; true ends it
 */
export async function keepLoaded(
  stage: Stage,
  producer: Producer,
  round: (number: number) => Push,
  onSample: (samples: Sample[]) => Promise<boolean>,
): Promise<{ rounds: number; samples: Sample[] }> {
  const { calls: before } = await stage.telegram.ask('progress')
  const samples: Sample[] = []
  let [rounds, pushed, movedAtMs] = [0, 0, performance.now()]
  for (;;) {
    const { calls } = await stage.telegram.ask('progress')
    const atMs = performance.now()
    if (calls - before !== samples.at(-1)?.calls) movedAtMs = atMs
    if (atMs - movedAtMs > STILL_MS)
      throw new Error(`nothing moves any more after ${calls - before} messages`)
    samples.push({ atMs, calls: calls - before })
    if (await onSample(samples)) return { rounds, samples }
    if (pushed - (calls - before) < LEAD) {
      rounds += 1
      const plan = round(rounds)
      await producer.push(plan)
      pushed += plan.shops.length * plan.chats
    } else {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }
}

/** Messages a second between two moments, each the first sample that is there. */
export function rateBetween(
  samples: Sample[],
  from: (s: Sample) => boolean,
  until: (s: Sample) => boolean,
): number {
  const [first, last] = [samples.find(from), samples.find(until) ?? samples.at(-1)]
  if (first === undefined || last === undefined) return Number.NaN
  return ((last.calls - first.calls) / (last.atMs - first.atMs)) * 1_000
}
