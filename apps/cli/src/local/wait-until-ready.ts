import { setTimeout as sleep } from 'node:timers/promises'
import type { AppProcess } from './app-process.ts'

const POLL_MS = 50

/** Waits until a process answers on `url`; throws when it ends before, naming where its log is. */
export async function waitUntilReady(
  app: AppProcess,
  ready: { url: string; logFile: string; timeoutMs: number },
) {
  const deadline = AbortSignal.timeout(ready.timeoutMs)
  const ended = app.ended.then((code) => {
    throw new Error(`${app.name} ended with exit code ${code} while starting; its log is ${ready.logFile}`)
  })
  const answered = (async () => {
    while (!deadline.aborted) {
      if (await isOk(ready.url)) return
      await sleep(POLL_MS)
    }
    throw new Error(`${app.name} is not ready after ${ready.timeoutMs / 1000} s; its log is ${ready.logFile}`)
  })()
  await Promise.race([answered, ended])
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    // Not listening yet: asked again until the deadline.
    return false
  }
}
