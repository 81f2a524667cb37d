import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, BenchRow } from './bench.ts'
import { backlog } from './backlog.ts'
import { bots } from './bots.ts'
import { flood } from './flood.ts'
import { imports } from './imports.ts'
import { intake } from './intake.ts'
import { lanes } from './lanes.ts'
import { latency } from './latency.ts'
import { pipeline } from './pipeline.ts'
import { printRows } from './print-rows.ts'
import { printProfiles } from './profile/print-profiles.ts'
import { render } from './render.ts'
import { scale } from './scale.ts'
import { soak } from './soak.ts'
import { updates } from './updates.ts'

// `pnpm bench <name> [--json] [--quick] [--without-peers] …`: a table for people, or one JSON object
// {"ratio", "rows": […]} for programs. `pnpm bench profile <files or folder>` reads what `--cpu-prof` left.

const BENCHES: Record<string, Bench> = {
  backlog,
  bots,
  flood,
  imports,
  intake,
  lanes,
  latency,
  pipeline,
  render,
  scale,
  soak,
  updates,
}

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    'without-peers': { type: 'boolean', default: false },
    rows: { type: 'string' },
    statements: { type: 'boolean', default: false },
    'cpu-prof': { type: 'string' },
    minutes: { type: 'string' },
    messages: { type: 'string' },
  },
  allowPositionals: true,
})
const [name = '', ...paths] = positionals
if (name === 'profile') {
  printProfiles(paths, console.log)
  process.exit()
}
const bench = BENCHES[name]
if (bench === undefined) {
  console.error(`pnpm bench <${Object.keys(BENCHES).join('|')}> [--json] [--quick] [--without-peers] …`)
  process.exit(2)
}

const rows = await bench({
  say: values.json ? () => undefined : console.log,
  isQuick: values.quick,
  hasPeers: !values['without-peers'],
  options: {
    rows: values.rows?.split(','),
    statements: values.statements,
    profiles: values['cpu-prof'] === undefined ? undefined : resolve(values['cpu-prof']),
    minutes: values.minutes === undefined ? undefined : Number(values.minutes),
    messages: values.messages === undefined ? undefined : Number(values.messages),
  },
})
if (values.json) console.log(JSON.stringify({ ratio: headlineOf(rows), rows }))
else printRows(rows)

const broken = rows.filter((row) => row['broken'] !== undefined)
for (const row of broken) console.error(`PROMISES DO NOT HOLD, ${row['name']}: ${row['broken']}`)
if (broken.length > 0) process.exitCode = 1

/** The ratio of the first row of ours that has one. */
function headlineOf(all: BenchRow[]): BenchRow[string] | undefined {
  return all.find((row) => row['peer'] === false && row['ratio'] !== undefined)?.['ratio']
}
