import { setTimeout as delay } from 'node:timers/promises'
import type { RejectedEvent } from '@postino/database'
import type { IntakeStreams } from '@postino/queues'
import { within } from '@postino/http'
import type { Logger } from '@postino/runtime'
import { DatabaseAwayError, type AcceptEvents } from '../accept/create-accept-events.ts'
import { nextOf } from '../accept/next-of.ts'
import type { IngestMetrics } from '../metrics.ts'
import { toEventResult, type EventResult } from '../routes/event-results.ts'
import { toRejection, type Rejection } from './rejection.ts'
import type { StreamEntry } from './stream-entry.ts'

export interface CommitDependencies {
  accept: AcceptEvents
  /** Keeps what was rejected for the trail. The same entry may come again. */
  recordRejected: (events: RejectedEvent[]) => Promise<void>
  streams: Pick<IntakeStreams, 'acknowledge' | 'reject'>
  metrics: IngestMetrics
  logger: Logger
}

/** Longer than a statement may take: a connection that died silently must not stop a stream for good. */
const LIMIT_MS = 40_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/**
 * Makes entries durable, tells of those that were rejected, and takes them out of their streams, in this order: whenever
 * the process ends, what was not done is done again, which changes nothing. Tries until it is done, or the signal fires.
 */
export function createCommit(dependencies: CommitDependencies) {
  const { accept, recordRejected, streams, metrics, logger } = dependencies
  let isWaiting = false

  return async function commit(entries: StreamEntry[], signal: AbortSignal): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await within(LIMIT_MS, commitOnce(entries))
        if (isWaiting) logger.info({}, 'intake.goes_on')
        isWaiting = false
        return
      } catch (error) {
        if (signal.aborted) return
        const streamsOfBatch = byStream(entries)
        if (error instanceof UnexpectedError && streamsOfBatch.size > 1) {
          // Whatever it is, it must not stop the streams that only stood beside.
          await Promise.all([...streamsOfBatch.values()].map((own) => commit(own, signal)))
          return
        }
        // Once for as long as it lasts: the streams wait, and that is all there is to tell.
        if (!isWaiting) logger.warn({ err: error, entries: entries.length }, 'intake.waits')
        isWaiting = true
        await delay(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  async function commitOnce(entries: StreamEntry[]): Promise<void> {
    const rejections = await record(entries)
    if (rejections.length > 0) {
      await recordRejected(rejections.map(({ row }) => row))
      await streams.reject(rejections.map(({ entry }) => entry))
    }
    await streams.acknowledge(
      new Map([...byStream(entries)].map(([slug, own]) => [slug, own.map(({ id }) => id)])),
    )
  }

  /** Answers those that were not taken. */
  async function record(entries: StreamEntry[]): Promise<Rejection[]> {
    const incoming = entries.flatMap(({ read }) => (read.status === 'valid' ? [read.event] : []))
    const outcomes = (incoming.length === 0 ? [] : await accept(incoming).catch(toUnexpected)).values()
    return entries.flatMap((entry): Rejection[] => {
      const { read } = entry
      const result: EventResult = read.status === 'valid' ? toEventResult(nextOf(outcomes)) : read
      if (read.status === 'invalid') metrics.countEvent('stream', 'unknown', 'invalid')
      return result.status === 'accepted' ? [] : [toRejection(entry, result)]
    })
  }
}

/** Not that Postgres is away: something in these events that we did not think of. */
class UnexpectedError extends Error {
  override readonly name = 'UnexpectedError'
}

function toUnexpected(error: unknown): never {
  if (error instanceof DatabaseAwayError) throw error
  throw new UnexpectedError('events cannot be recorded', { cause: error })
}

function byStream(entries: StreamEntry[]): Map<string, StreamEntry[]> {
  return Map.groupBy(entries, ({ shop }) => shop.slug)
}
