import { percentile } from '../percentile.ts'

export interface Comparison {
  /** Microseconds of one call, the median of all rounds. */
  ours: number
  peers: number
  /** Of our time and the peer's in one round, which other work on the machine slows alike: the median. */
  timesPeer: number
}

/** Few, so that a round is mostly over before other work on the machine comes in between. */
const CALLS = 50

/** Runs both in turn, so that neither has a quieter machine than the other, after rounds that do not count. */
export function compare(ours: () => unknown, peers: () => unknown, rounds: number): Comparison {
  const samples: { ours: number; peers: number }[] = []
  for (let round = -rounds / 4; round < rounds; round += 1) {
    // Who goes first changes, too.
    const sample =
      round % 2 === 0
        ? { ours: microseconds(ours), peers: microseconds(peers) }
        : { peers: microseconds(peers), ours: microseconds(ours) }
    if (round >= 0) samples.push(sample)
  }
  const median = (value: (sample: { ours: number; peers: number }) => number) =>
    percentile(samples.map(value), 0.5)
  return {
    ours: median((sample) => sample.ours),
    peers: median((sample) => sample.peers),
    timesPeer: median((sample) => sample.ours / sample.peers),
  }
}

/** Of one call, taken over many. */
function microseconds(call: () => unknown): number {
  const startedAt = performance.now()
  for (let done = 0; done < CALLS; done += 1) call()
  return ((performance.now() - startedAt) * 1000) / CALLS
}
