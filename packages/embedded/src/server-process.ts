import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { startWatchdog, type Watchdog } from './end-with-parent.ts'

const LOG_TAIL_CHARS = 2_000

export interface ServerCommand {
  command: string
  args: string[]
  cwd: string
  /** The whole environment of the server: nothing of ours is handed on. */
  env: Record<string, string>
  /** Written to its standard input, which is then closed. */
  input?: string
  uid?: number
  gid?: number
  /** Takes all it prints; begun anew at each start. */
  logFile: string
  /** Asks it to end cleanly. */
  endSignal: 'INT' | 'TERM'
  /** So long a clean end may take; then it is killed. */
  endTimeoutMs: number
  /** Removed when we are gone without having stopped it. */
  throwAwayFolder?: string
}

export interface ServerProcess {
  pid: number
  logFile: string
  hasEnded(): boolean
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>
  /** Ends it, cleanly if it can. Harmless when it has ended, and when called twice. */
  stop(): Promise<void>
  /** The end of what it printed. */
  logTail(): string
}

/**
 * Starts a server in a session of its own, so that Ctrl-C in the terminal reaches us and not the server: we choose the order of
 * ending. It does not keep this process alive, and it does not outlive it.
 */
export async function startServerProcess(options: ServerCommand): Promise<ServerProcess> {
  const watchdog = startWatchdog({ signal: options.endSignal, throwAwayFolder: options.throwAwayFolder })
  const child = spawnServer(options, watchdog)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.command} has no process number`)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  child.once('exit', () => watchdog.dismiss())
  child.unref()
  return {
    pid,
    logFile: options.logFile,
    hasEnded,
    ended,
    logTail: () => readFileSync(options.logFile, 'utf8').slice(-LOG_TAIL_CHARS).trim(),
    async stop() {
      if (hasEnded()) return
      child.ref()
      child.kill(`SIG${options.endSignal}`)
      const timer = setTimeout(() => child.kill('SIGKILL'), options.endTimeoutMs)
      await ended
      clearTimeout(timer)
    },
  }
}

function spawnServer(options: ServerCommand, watchdog: Watchdog): ChildProcess {
  const log = openSync(options.logFile, 'w', 0o600)
  try {
    const { command, args, cwd, env, uid, gid } = options
    const child = spawn(command, args, { cwd, env, uid, gid, detached: true, stdio: ['pipe', log, log] })
    // Without a number it did not start; the caller hears of it by the event `error`.
    if (child.pid === undefined) watchdog.dismiss()
    else watchdog.watch(child.pid)
    // A server that ends before it has read everything is noticed by its end.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.input ?? '')
    return child
  } finally {
    closeSync(log)
  }
}
