import type { EventKind } from '@postino/domain'
import { createRequestMetrics, type RequestMetrics } from '@postino/http'
import type { StreamState } from '@postino/queues'
import type { Metrics } from '@postino/runtime'

export type EventVerdict = 'accepted' | 'duplicate' | 'conflict' | 'invalid' | 'unauthorized' | 'overloaded'

export interface IngestMetrics extends RequestMetrics {
  /** `kind` is `unknown` where nobody could tell it. */
  countEvent(over: 'http' | 'stream', kind: EventKind | 'unknown', verdict: EventVerdict): void
  observeFlush(events: number): void
  countLeftToSweeper(messages: number): void
  /** All streams this process reads that are not empty. */
  observeStreams(streams: readonly StreamState[], nowMs: number): void
}

const SOURCES = { http: 'http', stream: 'redis' } as const

export function createIngestMetrics(metrics: Metrics): IngestMetrics {
  const events = metrics.counter({
    name: 'postino_ingest_events_total',
    help: 'Events by where they came from and what became of them.',
    labelNames: ['source', 'event', 'outcome'],
  })
  const flushes = metrics.histogram({
    name: 'postino_ingest_flush_events',
    help: 'Events that were made durable together.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
  })
  const left = metrics.counter({
    name: 'postino_ingest_messages_left_to_sweeper_total',
    help: 'Messages that are durable, but whose render job Redis did not take.',
  })
  const unread = metrics.gauge({
    name: 'postino_ingest_stream_unread_entries',
    help: 'Entries of the streams this process reads that nobody has read yet.',
  })
  const pending = metrics.gauge({
    name: 'postino_ingest_stream_pending_entries',
    help: 'Entries of the streams this process reads that were read and are not durable yet.',
  })
  const oldest = metrics.gauge({
    name: 'postino_ingest_stream_oldest_seconds',
    help: 'The age of the oldest entry in the streams this process reads.',
  })
  return {
    ...createRequestMetrics(metrics),
    countEvent: (over, event, outcome) => events.inc({ source: SOURCES[over], event, outcome }),
    observeFlush: (count) => flushes.observe(count),
    countLeftToSweeper: (count) => left.inc(count),
    observeStreams(streams, nowMs) {
      const inAll = streams.reduce((sum, stream) => sum + stream.entries, 0)
      const read = streams.reduce((sum, stream) => sum + stream.pending, 0)
      unread.set(Math.max(0, inAll - read))
      pending.set(read)
      oldest.set(streams.reduce((most, { oldestAtMs }) => Math.max(most, (nowMs - oldestAtMs) / 1_000), 0))
    },
  }
}
