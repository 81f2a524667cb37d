import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Logger } from '../log/create-logger.ts'
import { within } from '../within.ts'

const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 5_000
const PROBE_TIMEOUT_MS = 10_000

/**
 * Waits until `probe` resolves, and answers what it says, asking ever less often: a peer that is not there yet is a line in the log, not a crash loop. One
 * line when it is missed, one whenever the reason changes, one when it is there.
 *
 * @throws AbortError when `signal` is aborted
 */
export async function waitFor<T>(
  name: string,
  probe: () => Promise<T>,
  { logger, signal, sleep = sleepUnlessAborted }: { logger: Logger; signal: AbortSignal; sleep?: Sleep },
): Promise<T> {
  const startedAtMs = performance.now()
  let reason: string | undefined
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
    signal.throwIfAborted()
    const answer = await ask(probe)
    if ('value' in answer) {
      tellFound()
      return answer.value
    }
    const { error } = answer
    const reasonNow = describe(error)
    if (reasonNow !== reason) logger.warn({ peer: name, err: error }, 'peer.missing')
    reason = reasonNow
    // Many processes that lost the same peer must not ask in step.
    await sleep(waitMs * (0.8 + Math.random() * 0.4), signal)
  }

  function tellFound(): void {
    if (reason === undefined) return
    logger.info({ peer: name, waitedMs: Math.round(performance.now() - startedAtMs) }, 'peer.found')
  }
}

type Sleep = (waitMs: number, signal: AbortSignal) => Promise<void>

async function sleepUnlessAborted(waitMs: number, signal: AbortSignal): Promise<void> {
  await sleepFor(waitMs, undefined, { signal })
}

/** What it says, or why it is not there. */
async function ask<T>(probe: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
  const result = await within(PROBE_TIMEOUT_MS, Promise.resolve().then(probe))
  return result.status === 'done'
    ? { value: result.value }
    : { error: result.error ?? new Error('it failed without a reason') }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
