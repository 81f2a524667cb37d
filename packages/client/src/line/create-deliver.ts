import { UnavailableError } from '../errors.ts'
import type { Accepted } from '../result.ts'
import type { Settings } from '../settings.ts'
import { againForAll, type Answer, type Transport, type Trouble } from '../transport/transport.ts'
import type { Outage } from './outage.ts'
import type { Entry, Pending } from './pending.ts'

interface DeliverDependencies<Kind extends Accepted> {
  transport: Transport<Kind>
  pending: Pending<Kind>
  outage: Outage
  /** Ends all waiting and all tries. */
  lifetime: AbortSignal
  settings: Settings
  nowMs: () => number
}

/** Stays with a batch until each of its events has ended: tries, rests, and tries again what may be tried again. */
export function createDeliver<Kind extends Accepted>(dependencies: DeliverDependencies<Kind>) {
  const { transport, pending, outage, lifetime, nowMs } = dependencies
  const { retryForMs, attemptTimeoutMs, onRetry } = dependencies.settings

  return async function deliver(batch: Entry<Kind>[]): Promise<void> {
    for (let left = batch; left.length > 0;) {
      await rest()
      left = left.filter((entry) => pending.has(entry))
      if (left.length > 0) left = await tryOnce(left)
    }
  }

  async function rest(): Promise<void> {
    for (let restMs = outage.restMs(); restMs > 0 && !lifetime.aborted; restMs = outage.restMs()) {
      await sleepUnless(lifetime, restMs)
    }
  }

  /** @returns those to be tried again, after a rest */
  async function tryOnce(entries: Entry<Kind>[]): Promise<Entry<Kind>[]> {
    const startedMs = nowMs()
    const answers = await ask(entries)
    const troubled: Entry<Kind>[] = []
    let trouble: Trouble | undefined
    for (const [index, entry] of entries.entries()) {
      const answer = answers[index] ?? NO_ANSWER
      if (answer.status === 'ended') pending.end(entry, answer.result)
      else {
        trouble ??= answer.trouble
        troubled.push(entry)
      }
    }
    if (trouble !== undefined) return keepOrGiveUp(troubled, startedMs, trouble)
    outage.end()
    return []
  }

  async function ask(entries: Entry<Kind>[]): Promise<Answer<Kind>[]> {
    const events = entries.map(({ event }) => event)
    const attempt = new AbortController()
    const timeout = new Error(`no answer within ${attemptTimeoutMs} ms`)
    const timer = setTimeout(() => attempt.abort(timeout), attemptTimeoutMs)
    const leave = () => attempt.abort(lifetime.reason)
    lifetime.addEventListener('abort', leave)
    try {
      return await transport.send(events, attempt.signal)
    } catch (cause) {
      return againForAll(events, { reason: reasonOf(cause), cause })
    } finally {
      clearTimeout(timer)
      lifetime.removeEventListener('abort', leave)
    }
  }

  /** Those that may be tried again after the delay; the time of the others is over. */
  function keepOrGiveUp(entries: Entry<Kind>[], startedMs: number, trouble: Trouble): Entry<Kind>[] {
    const { attempt, sinceMs, delayMs } = outage.note(startedMs, trouble.retryAfterMs)
    const nextMs = nowMs() + delayMs
    const kept = entries.filter((entry) => {
      entry.failingSinceMs ??= Math.max(entry.takenAtMs, sinceMs)
      if (nextMs <= entry.failingSinceMs + retryForMs) return true
      const { id } = entry.event
      pending.end(entry, { status: 'failed', id, error: unavailable(id, trouble) })
      return false
    })
    const retry = { attempt, delayMs, events: kept.length, reason: trouble.reason, status: trouble.status }
    // What a hook throws is its own affair, and no event's.
    if (kept.length > 0) queueMicrotask(() => onRetry(retry))
    return kept
  }
}

const NO_ANSWER = { status: 'again', trouble: { reason: 'no answer' } } as const

function unavailable(eventId: string, { reason, status, problem, cause }: Trouble): UnavailableError {
  const message = `The event was not accepted in time (${reason}); send it again under the same id.`
  return new UnavailableError(message, { eventId, status, problem, cause })
}

/** `fetch failed` says why in its cause, sometimes by a code alone. */
function reasonOf(error: unknown): string {
  const { cause, code, message }: { cause?: unknown; code?: unknown; message?: unknown } = Object(error)
  if (cause instanceof Error) return reasonOf(cause)
  return String([message, code].find((text) => typeof text === 'string' && text !== '') ?? error)
}

async function sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const wake = () => resolve()
  const timer = setTimeout(wake, ms)
  signal.addEventListener('abort', wake)
  await promise
  clearTimeout(timer)
  signal.removeEventListener('abort', wake)
}
