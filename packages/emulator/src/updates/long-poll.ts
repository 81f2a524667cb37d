import type { CancelTimer, Clock } from '../clock.ts'
import type { MethodAnswer } from '../methods/method.ts'
import type { Update, UpdateQueue } from './update-queue.ts'

export interface PollRequest {
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
  /** A 409, at most one at once every three seconds; the others are held back for three. */
  conflict(description: string): Promise<MethodAnswer>
}

interface Waiting {
  readonly request: PollRequest
  readonly answer: (answer: MethodAnswer | Promise<MethodAnswer>) => void
  readonly cancelTimeout: CancelTimer
  wakeTimer: CancelTimer | undefined
}

const TERMINATED =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const CONFLICT_SPACING_MS = 3000
/** The real server waits this long for a second update before it answers with the first. */
const GATHER_MS = 1
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/** getUpdates of one bot. `hasPenalties` turns the delays on that the real server has for impatient callers. */
export function createLongPoll(dependencies: {
  clock: Clock
  queue: UpdateQueue
  hasPenalties: () => boolean
}): LongPoll {
  const { clock, queue, hasPenalties } = dependencies
  let waiting: Waiting | undefined
  let previousOffset: number | undefined
  let previousStartMs = 0
  let nextConflictMs = 0

  function conflict(description: string): Promise<MethodAnswer> {
    const refusal: MethodAnswer = { status: 'refused', code: 409, description }
    const nowMs = clock.nowMs()
    if (!hasPenalties() || nowMs >= nextConflictMs) {
      nextConflictMs = nowMs + CONFLICT_SPACING_MS
      return Promise.resolve(refusal)
    }
    return new Promise((resolve) => clock.after(CONFLICT_SPACING_MS, () => resolve(refusal)))
  }

  function stopWaiting(): Waiting | undefined {
    const ended = waiting
    ended?.cancelTimeout()
    ended?.wakeTimer?.()
    waiting = undefined
    return ended
  }

  function abort(description: string): void {
    const ended = stopWaiting()
    if (ended !== undefined) ended.answer(conflict(description))
  }

  /** Calling again at once with the same offset is made slower, then smaller. */
  function restrain(request: PollRequest): PollRequest {
    const nowMs = clock.nowMs()
    const sinceMs = nowMs - previousStartMs
    const isRepeated = hasPenalties() && request.offset === previousOffset
    previousOffset = request.offset
    previousStartMs = nowMs
    return {
      ...request,
      timeoutSeconds:
        isRepeated && sinceMs < 3000 ? Math.max(request.timeoutSeconds, 3) : request.timeoutSeconds,
      limit: isRepeated && sinceMs < 500 ? 1 : request.limit,
    }
  }

  function read(request: PollRequest): Update[] {
    if (request.offset < 0) queue.keepNewest(-request.offset)
    const fromId = request.offset <= 0 ? queue.headId() : request.offset
    return queue.take(fromId, request.limit)
  }

  function wait(request: PollRequest): Promise<MethodAnswer> {
    abort(TERMINATED)
    return new Promise((resolve) => {
      const finish = (): void => {
        stopWaiting()
        resolve(updatesAnswer(read(request)))
      }
      const cancelTimeout = clock.after(request.timeoutSeconds * 1000, finish)
      const current: Waiting = { request, answer: resolve, cancelTimeout, wakeTimer: undefined }
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
      const request = restrain(wanted)
      const updates = read(request)
      if (updates.length > 0 || request.timeoutSeconds === 0) return Promise.resolve(updatesAnswer(updates))
      return wait({ ...request, offset: Math.max(request.offset, 0) })
    },
    wake() {
      const current = waiting
      if (current === undefined || current.wakeTimer !== undefined) return
      current.wakeTimer = clock.after(GATHER_MS, () => {
        stopWaiting()
        current.answer(updatesAnswer(read(current.request)))
      })
    },
    abort,
    end: (answer) => stopWaiting()?.answer(answer),
    conflict,
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
