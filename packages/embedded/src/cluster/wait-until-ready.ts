import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from '../server-process.ts'

const POLL_MS = 30

/** Waits until a process answers 200 on `url`; throws when it ends before or takes too long, with the end of its log. */
export async function waitUntilReady(
  app: ServerProcess,
  ready: { name: string; url: string; timeoutMs: number },
): Promise<void> {
  const deadlineMs = performance.now() + ready.timeoutMs
  while (performance.now() < deadlineMs) {
    if (app.hasEnded()) throw new Error(`${ready.name} ended while starting:\n${app.logTail()}`)
    if (await isOk(ready.url)) return
    await sleep(POLL_MS)
  }
  throw new Error(`${ready.name} is not ready after ${ready.timeoutMs / 1_000} s:\n${app.logTail()}`)
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    // Not listening yet: asked again until the deadline.
    return false
  }
}
