import { setTimeout as sleep } from 'node:timers/promises'
import { ServerStartError } from '../errors.ts'
import type { ServerProcess } from '../server-process.ts'

const POLL_MS = 30

/**
 * Waits until a process answers 200 on `url`.
 *
 * @throws ServerStartError when it ends before or takes too long; the signal's reason when that is aborted
 */
export async function waitUntilReady(
  app: ServerProcess,
  ready: { name: string; url: string; timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const deadlineMs = performance.now() + ready.timeoutMs
  while (performance.now() < deadlineMs) {
    ready.signal.throwIfAborted()
    if (app.hasEnded()) throw notReady(app, ready.name, 'it ended at once')
    if (await isOk(ready.url)) return
    await sleep(POLL_MS)
  }
  throw notReady(app, ready.name, `it was not ready after ${ready.timeoutMs / 1_000} s`)
}

function notReady(app: ServerProcess, name: string, reason: string): ServerStartError {
  return new ServerStartError(name, `${reason}; the end of ${app.logFile}`, app.logTail())
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    // Not listening yet: asked again until the deadline.
    return false
  }
}
