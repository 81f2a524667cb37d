import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const SAMPLE_MS = 100
const POLL_MS = 50

export interface FoundProcess {
  pid: number
  parentPid: number
  command: string
}

interface ListedProcess extends FoundProcess {
  /** Tells two processes with the same number apart. */
  startedAt: string
}

export interface ProcessWatch {
  /** Looks at once, and not only at the next round: before the parent of something that should not stay is gone. */
  sample(): void
  /** The descendants of this process that are still there after at most `timeoutMs`. */
  findLeftovers(timeoutMs: number): Promise<FoundProcess[]>
}

/**
 * Remembers every process that descends from this one. One that outlives its parent becomes a child of the first process of the
 * machine, and its descent can be told no more: therefore it has to be seen while the parent lives.
 */
export function watchProcesses(): ProcessWatch {
  const known = new Map<number, string>()
  const alreadyThere = new Set(list().map(identityOf))
  const sample = () => remember(list())

  function remember(processes: ListedProcess[]): void {
    // A child may stand before its parent in the list; numbers rise with time but start again from the bottom.
    let grown = true
    while (grown) {
      grown = false
      for (const found of processes) {
        if (known.has(found.pid) && known.get(found.pid) === found.startedAt) continue
        if (found.parentPid !== process.pid && !isKnownParent(found, processes)) continue
        if (alreadyThere.has(identityOf(found))) continue
        known.set(found.pid, found.startedAt)
        grown = true
      }
    }
  }

  function isKnownParent(child: ListedProcess, processes: ListedProcess[]): boolean {
    const parent = processes.find((candidate) => candidate.pid === child.parentPid)
    return parent !== undefined && known.get(parent.pid) === parent.startedAt
  }

  setInterval(sample, SAMPLE_MS).unref()
  return {
    sample,
    async findLeftovers(timeoutMs) {
      const deadlineMs = performance.now() + timeoutMs
      for (;;) {
        const processes = list()
        remember(processes)
        const left = processes.filter((found) => known.get(found.pid) === found.startedAt)
        if (left.length === 0 || performance.now() > deadlineMs) return left
        await sleep(POLL_MS)
      }
    },
  }
}

function identityOf({ pid, startedAt }: ListedProcess): string {
  return `${pid}@${startedAt}`
}

function list(): ListedProcess[] {
  return existsSync('/proc/self/stat') ? listFromProc() : listWithPs()
}

function listFromProc(): ListedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readFromProc(Number(name)))
}

function readFromProc(pid: number): ListedProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program stands in parentheses and may hold anything.
    const [state, parentPid, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return []
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return [{ pid, parentPid: Number(parentPid), startedAt: fields[17] ?? '', command: command || stat }]
  } catch {
    // Ended in this moment.
    return []
  }
}

function listWithPs(): ListedProcess[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,stat=,lstart=,command='], { encoding: 'utf8' }).split(
    '\n',
  )
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line)
    const [, pid, parentPid, state, startedAt = '', command = ''] = match ?? []
    // ps lists itself.
    if (pid === undefined || state?.startsWith('Z') === true || command.startsWith('ps -axo')) return []
    return [{ pid: Number(pid), parentPid: Number(parentPid), startedAt, command }]
  })
}

/** Whether this process lives; one that has ended and was not collected does not. */
export function isRunning(pid: number): boolean {
  return list().some((found) => found.pid === pid)
}
