import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FolderInUseError } from './errors.ts'
import { identifyProcess } from './process-identity.ts'

const LOCK_FILE = 'in-use'
const POLL_MS = 50
/** A server whose owner was killed is ended by its watchdog within this time. */
const DYING_SERVER_TIMEOUT_MS = 30_000

export interface FolderLock {
  /** From now on the folder counts as in use for as long as this server lives, even when we are gone. */
  addServer(pid: number): void
  release(): void
}

/**
 * Takes the folder for this process. Redis has no such lock of its own, and two of them on one append-only file destroy it.
 * The file names live processes by number and start time, so a crash leaves no lock behind that anyone must remove.
 *
 * @throws FolderInUseError when another live process has it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK_FILE)
  const owner = requireIdentity(process.pid)
  const deadlineMs = performance.now() + DYING_SERVER_TIMEOUT_MS
  while (!tryWrite(file, [owner])) {
    const holder = readHolders(file).find(isAlive)
    if (holder === undefined) {
      removeStale(file)
    } else if (isOwner(file, holder) || performance.now() > deadlineMs) {
      throw new FolderInUseError(folder, pidOf(holder))
    } else {
      await sleep(POLL_MS)
    }
  }
  let isHeld = true
  return {
    addServer: (pid) => writeFileSync(file, `${[owner, requireIdentity(pid)].join('\n')}\n`),
    release() {
      // Released a second time it may be another's already.
      if (isHeld) rmSync(file, { force: true })
      isHeld = false
    },
  }
}

function tryWrite(file: string, holders: string[]): boolean {
  try {
    writeFileSync(file, `${holders.join('\n')}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

// Of several processes that find a stale lock only one may remove it, and never the fresh lock of a faster one: renaming
// succeeds once, and what was renamed is looked at again.
function removeStale(file: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readHolders(aside).some(isAlive)) renameSync(aside, file)
  else rmSync(aside, { force: true })
}

/** The first line is the process that started the server, the second the server. */
function readHolders(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    // Released in this moment.
    return []
  }
}

function isOwner(file: string, holder: string): boolean {
  return readHolders(file)[0] === holder
}

function isAlive(holder: string): boolean {
  return identifyProcess(pidOf(holder)) === holder
}

function pidOf(holder: string): number {
  return Number.parseInt(holder, 10)
}

function requireIdentity(pid: number): string {
  const identity = identifyProcess(pid)
  if (identity === undefined) throw new Error(`process ${pid} has ended`)
  return identity
}
