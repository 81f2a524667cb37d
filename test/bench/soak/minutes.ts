import { loadavg } from 'node:os'
import type { Database } from '@postino/database'
import type { BenchRow } from '../bench.ts'
import { rateBetween, type Sample } from './keep-loaded.ts'
import { readTableSizes } from './table-sizes.ts'

const MINUTE_MS = 60_000

export interface Minutes {
  /** A row for each minute that is over. */
  rows: BenchRow[]
  /** Looks whether one is. */
  note(samples: Sample[]): Promise<void>
}

/** Throughput and sizes, minute by minute; `say` is told each as it ends. */
export function createMinutes(database: Database, say: (line: string) => void): Minutes {
  const rows: BenchRow[] = []
  return {
    rows,
    async note(samples) {
      const [first, last] = [samples[0], samples.at(-1)]
      if (first === undefined || last === undefined) return
      if (last.atMs - first.atMs < (rows.length + 1) * MINUTE_MS) return
      const isOfMinute = ({ atMs }: Sample) => atMs >= last.atMs - MINUTE_MS
      const row: BenchRow = {
        name: `minute ${rows.length + 1}`,
        peer: false,
        messages: last.calls,
        perSecond: rateBetween(samples, isOfMinute, () => false),
        ...(await readTableSizes(database)),
        load: loadavg()[0] ?? Number.NaN,
      }
      rows.push(row)
      say(describe(row))
    },
  }
}

function describe(row: BenchRow): string {
  const words = Object.entries(row).flatMap(([key, value]) =>
    typeof value === 'number' ? `${key} ${Math.round(value)}` : [],
  )
  return `${row['name']}: ${words.join(', ')}`
}
