import { cpuSeconds } from './cpu-time.ts'

/** Processes by name, each with the processes it started; several of the same kind count together. */
export type Pids = Readonly<Record<string, number | readonly number[]>>

/**
 * From now on counts the CPU time of these; what it answers, when asked, is microseconds of user and system time for each of so
 * many messages, by process (`ingestCpuUs`), and `sumCpuUs` of all of them.
 */
export function watchCpu(pids: Pids): (messages: number) => Record<string, number> & { sumCpuUs: number } {
  const before = readAll(pids)
  return (messages) => {
    const after = readAll(pids)
    const each = Object.keys(pids).map((name) => {
      const seconds = (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN)
      return [`${name}CpuUs`, (seconds * 1e6) / messages] as const
    })
    return { ...Object.fromEntries(each), sumCpuUs: each.reduce((sum, [, us]) => sum + us, 0) }
  }
}

function readAll(pids: Pids): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, some]) => [
      name,
      [some].flat().reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    ]),
  )
}
