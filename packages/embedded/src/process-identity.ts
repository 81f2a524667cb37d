import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * A text that stays the same while process `pid` lives and is never given again to another process with that number; undefined
 * when there is no such process. A process number alone proves nothing: in a container they come back within minutes.
 */
export function identifyProcess(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? identifyInProc(pid) : identifyWithPs(pid)
}

function identifyInProc(pid: number): string | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The second field is the program's name in parentheses and may hold anything, so the rest is counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedAtTicks] = [fields[0], fields[19]]
  return state === 'Z' || startedAtTicks === undefined ? undefined : `${pid}@${startedAtTicks}`
}

function identifyWithPs(pid: number): string | undefined {
  try {
    const startedAt = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return startedAt === '' ? undefined : `${pid}@${startedAt}`
  } catch {
    // ps ends with 1 when it finds nothing.
    return undefined
  }
}
