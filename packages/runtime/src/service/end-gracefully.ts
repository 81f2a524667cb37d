import { setMaxListeners } from 'node:events'
import closeWithGrace from 'close-with-grace'
import type { Logger } from '../log/create-logger.ts'
import { within } from '../within.ts'
import type { Resources } from './resources.ts'

export interface Ending {
  /** Aborted when stopping begins. */
  signal: AbortSignal
  /** The service could not start: closes what is open and ends the process with 1. */
  fail(error: unknown): void
}

/** From now on a signal or an unhandled error closes the resources, within `timeoutMs`, and ends the process. */
export function endGracefully(options: {
  logger: Logger
  resources: Resources
  /** Settled when nothing more will be opened. */
  composed: Promise<void>
  timeoutMs: number
  onStopping: () => void
}): Ending {
  const { logger, resources, composed, timeoutMs, onStopping } = options
  const stopping = new AbortController()
  // Everything slow listens to this signal; a dozen listeners is no leak.
  setMaxListeners(0, stopping.signal)
  let failed = false

  async function closeEverything(deadlineMs: number): Promise<boolean> {
    const closed = await resources.closeAll(deadlineMs)
    // What was still starting when the signal came may have opened something meanwhile.
    const started = await within(deadlineMs - performance.now(), composed)
    if (started.status === 'late') logger.error({}, 'service.start_hangs')
    return (await resources.closeAll(deadlineMs)) && closed && started.status !== 'late'
  }

  const grace = closeWithGrace(
    {
      // The deadline is ours, as it names what hangs; and so are the lines, as they must be scrubbed.
      delay: false,
      logger: false,
      onSecondSignal: (signal) => logger.error({ signal }, 'service.ended_at_once'),
      onSecondError: (error) => logger.fatal({ err: error }, 'service.crashed_while_stopping'),
    },
    async (reason) => {
      // A promise may be rejected with nothing: `err` is there then, but empty.
      if ('err' in reason) {
        failed = true
        logger.fatal({ err: reason.err }, 'service.crashed')
      }
      logger.info({ signal: reason.signal }, 'service.stopping')
      onStopping()
      stopping.abort()
      const closed = await closeEverything(performance.now() + timeoutMs)
      logger.info({ clean: closed && !failed }, 'service.stopped')
      // Which makes the exit code 1.
      if (failed || !closed) throw new Error('the service did not end well')
    },
  )
  return {
    signal: stopping.signal,
    fail(error) {
      failed = true
      logger.fatal({ err: error }, 'service.start_failed')
      grace.close()
    },
  }
}
