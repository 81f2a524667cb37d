import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFlagsOf } from '@postino/embedded'

export type AppName = 'ingest' | 'renderer' | 'sender' | 'bot' | 'scheduler'

export interface AppProcess {
  pid: number
  metricsUrl: string
  /** As Kubernetes does; when it has ended already, nothing. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

const APPS = new URL('../../../apps/', import.meta.url)
const READY_TIMEOUT_MS = 30_000
const LOG_SHOWN_CHARS = 2_000

/** `node src/main.ts` of an app, ready. */
export async function startAppProcess(options: {
  app: AppName
  /** Of its health and metrics. */
  port: number
  logFolder: string
  env: Record<string, string>
  /** Further flags of node. */
  flags?: string[]
}): Promise<AppProcess> {
  const { app, port, logFolder, env, flags = [] } = options
  const logFile = join(logFolder, `${app}-${port}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [...nodeFlagsOf(app), ...flags, 'src/main.ts'], {
    cwd: fileURLToPath(new URL(app, APPS)),
    env: { PATH: process.env['PATH'] ?? '', HEALTH_PORT: String(port), ...env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`

  const untilMs = performance.now() + READY_TIMEOUT_MS
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > untilMs) {
      child.kill('SIGKILL')
      throw new Error(`no ${app}: ${readFileSync(logFile, 'utf8').slice(-LOG_SHOWN_CHARS)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    pid: child.pid ?? 0,
    metricsUrl: `${url}/metrics`,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}
