import { crc32 } from 'node:zlib'
import { INTAKE_LANES } from '@postino/queues'
import type { StreamShop } from './stream-entry.ts'

export interface StreamShopsDependencies {
  /** Another one whenever the shops are others; costs less to ask than they do. */
  readMark: () => Promise<string>
  list: () => Promise<StreamShop[]>
}

export interface StreamShops {
  /** Finds out which they are now. While that fails they are those of the last time. */
  refresh(): Promise<void>
  count(): number
  ofLane(lane: number): readonly StreamShop[]
}

/** The shops that have a stream, by the lane it is read in. */
export function createStreamShops({ readMark, list }: StreamShopsDependencies): StreamShops {
  let byLane = new Map<number, StreamShop[]>()
  let count = 0
  let lastMark: string | undefined
  return {
    async refresh() {
      const mark = await readMark()
      if (mark === lastMark) return
      const shops = await list()
      byLane = Map.groupBy(shops, ({ slug }) => crc32(slug) % INTAKE_LANES)
      count = shops.length
      lastMark = mark
    },
    count: () => count,
    ofLane: (lane) => byLane.get(lane) ?? [],
  }
}
