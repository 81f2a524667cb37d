import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 10
const DEFAULT_TIMEOUT_MS = 10_000

/**
 * Waits until `condition` gives something true, and returns it. One that throws counts as not yet.
 *
 * @throws Error at the end of `timeoutMs`, with what `condition` threw last as its cause
 */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadlineMs = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const value = await condition()
      if (isTrue(value)) return value
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadlineMs) {
      throw new Error(`not so within ${timeoutMs} ms: ${condition.toString()}`, { cause: lastError })
    }
    await sleep(POLL_MS)
  }
}

function isTrue<T>(value: T): value is Exclude<T, false | null | undefined | 0 | ''> {
  return Boolean(value)
}
