import { readFileSync } from 'node:fs'

/** What a process spent its time on, by what its name says: microseconds, dearest first. */
export interface ProfileSummary {
  /** All that was not idle. */
  busyUs: number
  functions: [name: string, us: number][]
  files: [name: string, us: number][]
}

/** Between two moments of the machine's monotonic clock. */
export interface Stretch {
  fromUs: number
  untilUs: number
}

/** As V8 writes it. */
interface CpuProfile {
  /** Microseconds of the machine's monotonic clock. */
  startTime: number
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/** @param within of the measured part, where only that counts */
export function readProfile(file: string, within?: Stretch): ProfileSummary {
  const { startTime, nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const functions = new Map<string, number>()
  const files = new Map<string, number>()
  let busyUs = 0
  let atUs = startTime
  for (const [index, sample] of samples.entries()) {
    const us = timeDeltas[index] ?? 0
    atUs += us
    const frame = frames.get(sample)
    if (frame === undefined || frame.functionName === '(idle)') continue
    if (within !== undefined && (atUs < within.fromUs || atUs > within.untilUs)) continue
    busyUs += us
    const place = placeOf(frame.url)
    const name = frame.functionName === '' ? '(anonymous)' : frame.functionName
    add(functions, place === '' ? name : `${name}  ${place}:${frame.lineNumber + 1}`, us)
    add(files, place === '' ? name : place, us)
  }
  return { busyUs, functions: dearestFirst(functions), files: dearestFirst(files) }
}

function add(sums: Map<string, number>, name: string, us: number): void {
  sums.set(name, (sums.get(name) ?? 0) + us)
}

function dearestFirst(sums: Map<string, number>): [string, number][] {
  return [...sums].toSorted(([, one], [, other]) => other - one)
}

/** Below the root of the repository, or within its package of npm. */
function placeOf(url: string): string {
  const path = url.replace(/^file:\/\//, '')
  const [, inPackage] = /.*\/node_modules\/(.*)$/.exec(path) ?? []
  return inPackage ?? path.replace(/^.*?\/(?=(?:apps|packages|test)\/)/, '')
}
