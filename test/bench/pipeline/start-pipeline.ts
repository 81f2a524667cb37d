import { freePort } from '@postino/embedded'
import type { Pids } from '../stage/cpu-times.ts'
import type { Stage } from '../stage/stage.ts'

export interface PipelineShape {
  /** Renderers, and as many senders. */
  pairs: number
  /** Calls of each sender at the same time. */
  connections?: number
}

export interface Pipeline {
  ingestUrl: string
  /** The processes of each app. */
  pids: Pids
  /** Of the scheduler. */
  metricsUrl: string
}

/** Every app as in production, ready. */
export async function startPipeline(stage: Stage, { pairs, connections }: PipelineShape): Promise<Pipeline> {
  const port = String(await freePort())
  const ingest = await stage.startApp('ingest', { PORT: port, HOST: '127.0.0.1' })
  // More is pushed than is sent at once: what is only late has not lost its job.
  const scheduler = await stage.startApp('scheduler', { SCHEDULER_FORGOTTEN_SECONDS: '45' })
  const [renderers, senders]: number[][] = [[], []]
  for (let pair = 0; pair < pairs; pair++) {
    renderers?.push((await stage.startApp('renderer')).pid)
    senders?.push((await stage.startApp('sender', senderSettings(connections))).pid)
  }
  return {
    ingestUrl: `http://127.0.0.1:${port}`,
    pids: { ingest: ingest.pid, renderer: renderers ?? [], sender: senders ?? [], scheduler: scheduler.pid },
    metricsUrl: scheduler.metricsUrl,
  }
}

function senderSettings(connections: number | undefined): Record<string, string> {
  return {
    // The emulator takes whatever comes: the sender's own window is not to be what is measured.
    SENDER_LIMIT_PER_SECOND: '1000',
    ...(connections !== undefined && { SENDER_TELEGRAM_CONNECTIONS: String(connections) }),
  }
}
