import { readdirSync, readFileSync } from 'node:fs'

/** CPU seconds a process and all its children, those that ended too, have used so far. Linux only, elsewhere NaN. */
export function cpuSeconds(pid: number): number {
  try {
    const parents = readParents()
    const family = (root: number): number[] => [
      root,
      ...[...parents].filter(([, parent]) => parent === root).flatMap(([child]) => family(child)),
    ]
    return family(pid).reduce((sum, one) => sum + readTicks(one), 0) / TICKS_PER_SECOND
  } catch {
    return Number.NaN
  }
}

const TICKS_PER_SECOND = 100

function readParents(): Map<number, number> {
  return new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const fields = readStat(Number(name))
        return fields === undefined ? [] : [[Number(name), Number(fields[1])] as const]
      }),
  )
}

function readTicks(pid: number): number {
  const fields = readStat(pid)
  if (fields === undefined) return 0
  // utime, stime, and the same of children that were waited for.
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
}

/** The fields after the name, which may hold spaces itself; undefined when the process is gone. */
function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
