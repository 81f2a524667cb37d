import type { Logger } from '../log/create-logger.ts'
import { within } from '../within.ts'

const CHECK_TIMEOUT_MS = 2_000
const CACHE_MS = 1_000

export interface ReadinessReport {
  status: 'starting' | 'ready' | 'failing' | 'stopping'
  /** The names of the checks that fail. Why they do stands in the log, not here, where anyone may ask. */
  failing: string[]
}

export interface Readiness {
  /** `check` resolves when all is well, whatever it resolves with, and throws when not. */
  addCheck: (name: string, check: () => Promise<unknown>) => void
  markStarted(): void
  markStopping: () => void
  report(): Promise<ReadinessReport>
}

type Probe = () => Promise<boolean>

/** Whether this process should get work. `nowMs` only has to be monotonic. */
export function createReadiness({ logger, nowMs }: { logger: Logger; nowMs: () => number }): Readiness {
  const probes = new Map<string, Probe>()
  let phase: 'starting' | 'started' | 'stopping' = 'starting'
  return {
    addCheck(name, check) {
      if (probes.has(name)) throw new Error(`two readiness checks are called ${name}`)
      probes.set(name, createProbe({ name, check, logger, nowMs }))
    },
    markStarted() {
      if (phase === 'starting') phase = 'started'
    },
    markStopping() {
      phase = 'stopping'
    },
    async report() {
      // What stops is not asked any more: its connections are being closed.
      if (phase === 'stopping') return { status: 'stopping', failing: [] }
      const results = await Promise.all(
        [...probes].map(async ([name, probe]) => ({ name, isWell: await probe() })),
      )
      const failing = results.filter((result) => !result.isWell).map((result) => result.name)
      return { status: phaseNow(phase, failing), failing }
    },
  }
}

function phaseNow(phase: 'starting' | 'started' | 'stopping', failing: string[]): ReadinessReport['status'] {
  if (phase !== 'started') return phase
  return failing.length === 0 ? 'ready' : 'failing'
}

/** Asks at most once a second, never twice at once, and logs when the answer changes. */
function createProbe(options: {
  name: string
  check: () => Promise<unknown>
  logger: Logger
  nowMs: () => number
}): Probe {
  const { name, check, logger, nowMs } = options
  let last: { isWell: boolean; atMs: number } | undefined
  let running: Promise<unknown> | undefined

  function conclude(isWell: boolean, error?: unknown): boolean {
    if (!isWell && last?.isWell !== false) logger.warn({ check: name, err: error }, 'readiness.failing')
    if (isWell && last?.isWell === false) logger.info({ check: name }, 'readiness.restored')
    last = { isWell, atMs: nowMs() }
    return isWell
  }

  return async () => {
    if (last !== undefined && nowMs() - last.atMs < CACHE_MS) return last.isWell
    // One that hangs is not started again beside itself.
    running ??= Promise.resolve()
      .then(check)
      .finally(() => (running = undefined))
    const result = await within(CHECK_TIMEOUT_MS, running)
    if (result.status === 'done') return conclude(true)
    return conclude(false, result.error)
  }
}
