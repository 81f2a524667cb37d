import type { ReadEvent } from '../event/read-event.ts'
import type { AcceptedOverRedis } from '../result.ts'
import type { Answer, Transport } from '../transport/transport.ts'

/** What one try does to its events: one word for all, or a word for each by turns. */
export type Script =
  | 'accept'
  | 'refuse'
  | 'again'
  | 'later'
  | 'throw'
  | 'hang'
  | ('accept' | 'again' | 'refuse')[]

export interface ScriptedTransport extends Transport<AcceptedOverRedis> {
  /** The ids of each try. */
  tries: string[][]
  /** Each event that was taken, as often as it was. */
  taken: string[]
}

const LATER_MS = 5_000

/** Answers try after try as it is told, and accepts everything afterwards. A try takes `tryMs`. */
export function createScriptedTransport(scripts: Script[], tryMs = 1): ScriptedTransport {
  const tries: string[][] = []
  const taken: string[] = []
  let next = 0

  async function send(
    events: readonly ReadEvent[],
    signal: AbortSignal,
  ): Promise<Answer<AcceptedOverRedis>[]> {
    tries.push(events.map(({ id }) => id))
    const script = scripts[next++] ?? 'accept'
    // Of the clock a test may turn, which that of node:timers/promises is not.
    await new Promise((resolve) => setTimeout(resolve, tryMs))
    if (script === 'throw') throw new Error('broken')
    if (script === 'hang') await untilAborted(signal)
    const words = typeof script === 'string' ? [script] : script
    return events.map(({ id }, index) => answer(words[index % words.length] ?? 'accept', id))
  }

  function answer(word: string, id: string): Answer<AcceptedOverRedis> {
    if (word === 'again') return { status: 'again', trouble: { reason: 'not now' } }
    if (word === 'later') return { status: 'again', trouble: { reason: 'later', retryAfterMs: LATER_MS } }
    if (word === 'refuse') return { status: 'ended', result: { status: 'invalid', id, issues: [] } }
    taken.push(id)
    return { status: 'ended', result: { status: 'accepted', id, entryId: '1-0' } }
  }

  return { tries, taken, send, close: async () => undefined }
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  const leave = () => reject(signal.reason)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave)
  return await promise
}
