import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Loaded into every process we start: it ends when the one that started it is gone, however that one ended. */
const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href

export interface AppProcess {
  name: string
  /** Resolves when the process is gone. */
  ended: Promise<number | null>
  stop(): Promise<void>
}

/**
 * Starts `node <folder>/src/main.ts` as in production, with just this environment. In a process group of its own, so that
 * Ctrl-C reaches us alone and we choose the order of ending. Its log goes to `logFile`.
 */
export function startAppProcess(app: {
  name: string
  folder: string
  env: Record<string, string>
  arguments?: string[]
  logFile: string
  stopTimeoutMs: number
}): AppProcess {
  const main = fileURLToPath(new URL(`../../../../${app.folder}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, main, ...(app.arguments ?? [])], {
    env: app.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const log = createWriteStream(app.logFile, { flags: 'a' })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  const ended = waitForEnd(child, log)
  return {
    name: app.name,
    ended,
    stop: () => stopProcess(child, ended, app.stopTimeoutMs),
  }
}

async function waitForEnd(child: ChildProcess, log: WriteStream): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null]
  log.end()
  return code
}

async function stopProcess(child: ChildProcess, ended: Promise<unknown>, timeoutMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  await ended
  clearTimeout(timer)
}
