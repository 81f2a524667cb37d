import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { latency } from './latency.ts'

// `pnpm bench <name> [--json]`: a table for people, or one JSON object {"rows": […]} for programs.

const BENCHES: Record<string, Bench> = { latency }

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [name = ''] = positionals
const bench = BENCHES[name]
if (bench === undefined) {
  console.error(`pnpm bench <${Object.keys(BENCHES).join('|')}> [--json]`)
  process.exit(2)
}

const rows = await bench({ say: values.json ? () => undefined : console.log })
if (values.json) console.log(JSON.stringify({ rows }))
else
  console.table(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, round(value)]))),
  )

function round(value: string | number | boolean): string | number | boolean {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}
