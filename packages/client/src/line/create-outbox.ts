import { ClosedError } from '../errors.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { Accepted } from '../result.ts'
import type { Settings } from '../settings.ts'
import type { Transport } from '../transport/transport.ts'
import { createDeliver } from './create-deliver.ts'
import { createOutage } from './outage.ts'
import { createPending, type Entry, type Pending } from './pending.ts'
import { takeBatch } from './take-batch.ts'

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
  /** Those of the pending that no lane has taken, oldest first. */
  const line = new Set<Entry<Kind>>()
  const lanes = new Set<Promise<void>>()
  let lineBytes = 0
  let flushes = 0
  let lingering: NodeJS.Timeout | undefined

  function add(event: ReadEvent): Entry<Kind> {
    const entry = pending.add(event)
    line.add(entry)
    lineBytes += event.sizeBytes
    fillLanes()
    return entry
  }

  function drop(entry: Entry<Kind>, error: Error): void {
    if (line.delete(entry)) lineBytes -= entry.event.sizeBytes
    pending.end(entry, { status: 'failed', id: entry.event.id, error })
  }

  function fillLanes(): void {
    while (lanes.size < settings.concurrency && line.size > 0) {
      const restMs = lingerRestMs()
      if (restMs > 0) {
        lingering ??= setTimeout(endLinger, Math.ceil(restMs))
        return
      }
      const batch = takeBatch(line, settings)
      for (const { event } of batch) lineBytes -= event.sizeBytes
      const lane = deliver(batch).finally(() => {
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

  function lingerRestMs(): number {
    const isBatch = line.size >= settings.maxBatchEvents || lineBytes >= settings.maxBatchBytes
    const [oldest] = line
    if (isBatch || flushes > 0 || oldest === undefined) return 0
    return oldest.takenAtMs + settings.lingerMs - nowMs()
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
