import type { CancelTimer, Clock } from '../clock.ts'
import type { MethodAnswer } from '../methods/method.ts'
import type { PollManners } from './poll-manners.ts'
import type { Update, UpdateQueue } from './update-queue.ts'

export interface PollRequest {
  /** Updates before it are confirmed; a negative one keeps only that many of the newest. */
  readonly offset: number
  readonly limit: number
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
}

export interface LongPoll {
  poll(request: PollRequest): Promise<MethodAnswer>
  /** A new update is in the queue. */
  wake(): void
  /** Ends the waiting call with 409. */
  abort(description: string): void
  /** Ends the waiting call with this answer. */
  end(answer: MethodAnswer): void
}

interface Waiting {
  readonly request: PollRequest
  readonly answer: (answer: MethodAnswer | Promise<MethodAnswer>) => void
  readonly cancelTimeout: CancelTimer
  cancelWake: CancelTimer | undefined
}

const TERMINATED =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
/** The real server waits this long for a second update before it answers with the first. */
const GATHER_MS = 1
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/** getUpdates of one bot: only one call waits at a time, and the older one gives way. */
export function createLongPoll(dependencies: {
  clock: Clock
  queue: UpdateQueue
  manners: PollManners
}): LongPoll {
  const { clock, queue, manners } = dependencies
  let waiting: Waiting | undefined

  function stopWaiting(): Waiting | undefined {
    const ended = waiting
    ended?.cancelTimeout()
    ended?.cancelWake?.()
    waiting = undefined
    return ended
  }

  function abort(description: string): void {
    const ended = stopWaiting()
    if (ended !== undefined) ended.answer(manners.conflict(description))
  }

  function read({ offset, limit }: PollRequest): Update[] {
    if (offset < 0) queue.keepNewest(-offset)
    return queue.take(offset <= 0 ? queue.headId() : offset, limit)
  }

  function wait(request: PollRequest): Promise<MethodAnswer> {
    abort(TERMINATED)
    return new Promise((resolve) => {
      const cancelTimeout = clock.after(request.timeoutSeconds * 1000, () => {
        stopWaiting()
        resolve(updatesAnswer(read(request)))
      })
      const current: Waiting = { request, answer: resolve, cancelTimeout, cancelWake: undefined }
      waiting = current
      request.signal.addEventListener('abort', () => {
        // Nobody hears the answer any more; the updates stay for the next call.
        if (waiting === current) stopWaiting()
        resolve(updatesAnswer([]))
      })
    })
  }

  return {
    poll(wanted) {
      const request = { ...wanted, ...manners.restrain(wanted) }
      const updates = read(request)
      if (updates.length > 0 || request.timeoutSeconds === 0) return Promise.resolve(updatesAnswer(updates))
      return wait({ ...request, offset: Math.max(request.offset, 0) })
    },
    wake() {
      const current = waiting
      if (current === undefined || current.cancelWake !== undefined) return
      current.cancelWake = clock.after(GATHER_MS, () => {
        stopWaiting()
        current.answer(updatesAnswer(read(current.request)))
      })
    },
    abort,
    end: (answer) => stopWaiting()?.answer(answer),
  }
}

function updatesAnswer(updates: readonly Update[]): MethodAnswer {
  let leftBytes = MAX_ANSWER_BYTES
  const fitting = updates.filter((update) => {
    leftBytes -= update.json.length + 50
    return leftBytes > 0
  })
  return { status: 'doneRaw', json: `[${fitting.map((update) => update.json).join(',')}]` }
}
