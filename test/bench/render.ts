import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkTemplate, createRenderer } from '@postino/templates'
import {
  createRegions,
  EXHAUSTING_DATA,
  EXHAUSTING_SOURCES,
  prepareTemplate,
  readTemplate,
} from '@postino/templates/bench.ts'
import type { Bench, BenchRow } from './bench.ts'
import { compare } from './render/compare.ts'
import { compileWithNunjucks } from './render/nunjucks-peer.ts'
import { CONTEXT, longContent, shippedContent } from './render/order-message.ts'

const ROUNDS = 8_000
const PROCESS = fileURLToPath(new URL('render/cold-process.ts', import.meta.url))
const COLD_PROCESSES = 3
const SUSPECTS = 5

/**
 * Rendering one order's message: its text alone and all of it (text, Telegram's markup, buttons), beside compiled nunjucks with
 * the same text and filters, in turn. Then checking a long template, and what the first moments of a process cost: a message,
 * a check, and the worst of the exhausting templates.
 */
export const render: Bench = async ({ say, isQuick, hasPeers }) => {
  const rounds = isQuick ? ROUNDS / 10 : ROUNDS
  say(`${rounds} rounds of 50 messages each …`)
  const rows = compareRendering(rounds, hasPeers)
  say('a template of 4 KB, checked again and again …')
  rows.push(measureChecking(rounds / 80))
  for (const task of ['render', 'check'])
    rows.push({ name: `cold: ${task}`, cpuMs: await coldCpuMs(task), load: load() })
  say('exhausting templates, each in a process of its own …')
  const attacks = [...EXHAUSTING_SOURCES, ...EXHAUSTING_DATA]
  rows.push(await findSlowest(isQuick ? attacks.slice(-5) : attacks))
  return rows
}

function compareRendering(rounds: number, hasPeers: boolean): BenchRow[] {
  const content = shippedContent()
  const peer = compileWithNunjucks(content.text)
  const print = prepareTemplate(readTemplate(content.text))
  const region = createRegions()(CONTEXT.locale, CONTEXT.timeZone)
  const printText = () => print({ data: CONTEXT.data, region, nowMs: CONTEXT.nowMs }, 'html')
  if (printText() !== peer()) throw new Error('the peer prints something else')
  const renderAll = createRenderer()
  const parts = { text: printText, 'text, markup, buttons': () => renderAll(content, CONTEXT) }
  return Object.entries(parts).map(([name, ours]) => {
    const { ours: us, peers: peerUs, timesPeer } = compare(ours, peer, rounds)
    return { name, us, ...(hasPeers && { peerUs, timesPeer }), load: load() }
  })
}

function measureChecking(times: number): BenchRow {
  const template = { kind: CONTEXT.kind, state: 'shipped', locale: 'it', content: longContent() }
  const check = () => checkTemplate(template)
  for (let warm = 0; warm < times / 4; warm += 1) check()
  const startedAt = performance.now()
  for (let done = 0; done < times; done += 1) check()
  return { name: 'a check of 4 KB', ms: (performance.now() - startedAt) / times, load: load() }
}

/** All once, and those that seem slowest again: the time of a process that had company may be twice its own. */
async function findSlowest(attacks: readonly { name: string }[]): Promise<BenchRow> {
  const once: { name: string; cpuMs: number }[] = []
  for (const { name } of attacks) once.push({ name, cpuMs: await coldCpuMs(name, 1) })
  const suspects = once.toSorted((left, right) => right.cpuMs - left.cpuMs).slice(0, SUSPECTS)
  let slowest = { name: 'none', cpuMs: 0 }
  for (const { name, cpuMs } of suspects) {
    const again = Math.min(cpuMs, await coldCpuMs(name))
    if (again > slowest.cpuMs) slowest = { name, cpuMs: again }
  }
  const name = `cold, slowest of ${attacks.length} attacks: ${slowest.name}`
  return { name, cpuMs: slowest.cpuMs, load: load() }
}

/** The least of several processes. */
async function coldCpuMs(task: string, processes = COLD_PROCESSES): Promise<number> {
  let leastMs = Number.POSITIVE_INFINITY
  for (let run = 0; run < processes; run += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [PROCESS, task])
    leastMs = Math.min(leastMs, Number(stdout))
  }
  return leastMs
}

function load(): number {
  return loadavg()[0] ?? 0
}
