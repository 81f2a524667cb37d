import { ClosedError } from '../errors.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { Accepted } from '../result.ts'
import type { Settings } from '../settings.ts'
import type { Transport } from '../transport/transport.ts'
import { createDeliver } from './create-deliver.ts'
import { createOutage } from './outage.ts'
import { createLine } from './create-line.ts'
import { createPending, type Entry, type Pending } from './pending.ts'

export interface Outbox<Kind extends Accepted> {
  pending: Pending<Kind>
  /** Takes an event into the line. */
  add(event: ReadEvent): Entry<Kind>
  /** Takes one out whose sender does not wait any more; what is under way may arrive all the same. */
  drop(entry: Entry<Kind>, reason: Error): void
  /** Sends what is pending without waiting for more, and resolves when it has ended. */
  flush(): Promise<void>
  /** As flush, but after `withinMs` what is left fails. */
  close(withinMs: number): Promise<void>
}

interface OutboxDependencies<Kind extends Accepted> {
  transport: Transport<Kind>
  settings: Settings
  /** Never goes back. */
  nowMs: () => number
}

/**
 * The line of events and the lanes that empty it. A lane takes the first events of the line as a batch and stays with
 * it until each has ended, so that with one lane nothing overtakes. After a try that failed all lanes hold still.
 */
export function createOutbox<Kind extends Accepted>(dependencies: OutboxDependencies<Kind>): Outbox<Kind> {
  const { transport, settings, nowMs } = dependencies
  const pending = createPending<Kind>({ ...settings, nowMs })
  const lifetime = new AbortController()
  const outage = createOutage({ ...settings, nowMs })
  const deliver = createDeliver({ ...dependencies, pending, outage, lifetime: lifetime.signal })
  /** Those of the pending that no lane has taken. */
  const line = createLine<Kind>(settings)
  const lanes = new Set<Promise<void>>()
  let flushes = 0
  let lingering: NodeJS.Timeout | undefined

  function add(event: ReadEvent): Entry<Kind> {
    const entry = pending.add(event)
    line.add(entry)
    // What is added in one go goes in one batch, however long the go takes.
    if (line.isBatch() || flushes > 0) fillLanes()
    else lingering ??= setTimeout(endLinger, settings.lingerMs)
    return entry
  }

  function drop(entry: Entry<Kind>, error: Error): void {
    line.remove(entry)
    pending.end(entry, { status: 'failed', id: entry.event.id, error })
  }

  function fillLanes(): void {
    while (lanes.size < settings.concurrency) {
      const oldest = line.oldest()
      if (oldest === undefined) return
      const restMs = line.isBatch() || flushes > 0 ? 0 : oldest.takenAtMs + settings.lingerMs - nowMs()
      if (restMs > 0) {
        lingering ??= setTimeout(endLinger, Math.ceil(restMs))
        return
      }
      const lane = deliver(line.takeBatch()).finally(() => {
        lanes.delete(lane)
        fillLanes()
      })
      lanes.add(lane)
    }
  }

  function endLinger(): void {
    lingering = undefined
    fillLanes()
  }

  async function flush(): Promise<void> {
    flushes += 1
    fillLanes()
    await Promise.all(pending.list().map(({ result }) => result))
    flushes -= 1
  }

  async function close(withinMs: number): Promise<void> {
    const timer = setTimeout(failAll, withinMs)
    await flush()
    clearTimeout(timer)
    await Promise.all(lanes)
    await transport.close()
  }

  function failAll(): void {
    lifetime.abort(new Error('the client was closed'))
    const message = 'The client was closed before the event was accepted; it may have arrived.'
    for (const entry of pending.list()) drop(entry, new ClosedError(message, { eventId: entry.event.id }))
  }

  return { pending, add, drop, flush, close }
}
