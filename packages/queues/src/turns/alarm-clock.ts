import type { Turn } from '../job-catalogue.ts'
import type { TurnAlarms } from './turn-alarms.ts'

export type AlarmClock = {
  start: () => void
  /** Tells of an alarm just set by this process, so that it rings on the dot and not at the next look. */
  expectIn: (ms: number) => void
  /** No ringing begins any more; resolves when the one under way has ended. */
  stop: () => Promise<void>
}

export type AlarmClockDependencies = {
  alarms: TurnAlarms
  wake: (turns: Turn[]) => Promise<void>
  onError: (error: Error) => void
}

/** How often to look for alarms other processes have set: by so much may one of theirs with a shorter delay be late. */
const LOOK_EVERY_MS = 100

/**
 * Wakes the bots whose alarm is due. Every turn worker has one, and any of them does for all: the set is in Redis, and
 * taking from it is atomic. A timer of Node comes within a millisecond, where a blocking read of Redis with a time
 * limit depends on the server's `hz`.
 */
export function createAlarmClock({ alarms, wake, onError }: AlarmClockDependencies): AlarmClock {
  let running = false
  let timer: NodeJS.Timeout | undefined
  let timerAtMs = Infinity
  let ringing: Promise<void> | undefined
  let dueWhileRinging = false

  function expectIn(ms: number): void {
    const atMs = performance.now() + ms
    if (!running || atMs >= timerAtMs) return
    clearTimeout(timer)
    timerAtMs = atMs
    timer = setTimeout(look, ms)
  }

  function look(): void {
    timerAtMs = Infinity
    if (ringing !== undefined) {
      dueWhileRinging = true
      return
    }
    ringing = ringAndGoOn()
  }

  async function ringAndGoOn(): Promise<void> {
    const nextInMs = await ring()
    ringing = undefined
    expectIn(dueWhileRinging ? 0 : nextInMs)
    dueWhileRinging = false
  }

  /** Never rejects. Returns in how many ms to look again. */
  async function ring(): Promise<number> {
    try {
      const { due, nextInMs = LOOK_EVERY_MS } = await alarms.ring()
      if (due.length > 0) await wake(due)
      return Math.min(nextInMs, LOOK_EVERY_MS)
    } catch (error) {
      // What was taken rings again by itself.
      onError(error instanceof Error ? error : new Error('ringing the alarms failed'))
      return LOOK_EVERY_MS
    }
  }

  return {
    start() {
      running = true
      expectIn(0)
    },
    expectIn,
    async stop() {
      running = false
      clearTimeout(timer)
      await ringing
    },
  }
}
