import { isRefusedValue, type SendResult } from '@postino/database'
import { createGather } from '@postino/runtime'
import type { Patiently } from './patience.ts'

export interface RecordDependencies {
  /** Writes results in one statement, all or none. */
  write: (results: SendResult[]) => Promise<unknown>
  patiently: Patiently
}

/** Records what came of a call. Results that come together share a statement; while Postgres is away they wait. */
export function createRecord({
  write,
  patiently,
}: RecordDependencies): (result: SendResult) => Promise<true> {
  async function recordOne(result: SendResult): Promise<true | Error> {
    try {
      await patiently('record', () => write([result]))
      return true
    } catch (error) {
      return new Error(`the result of message ${result.id} could not be recorded`, { cause: error })
    }
  }

  return createGather<SendResult, true>(
    async (results) => {
      try {
        await patiently('record', () => write(results))
        return results.map(() => true)
      } catch (error) {
        if (!isRefusedValue(error)) throw error
        // One of them cannot be stored; the others are other bots'.
        return await Promise.all(results.map(recordOne))
      }
    },
    { maxItems: 500, flushes: 1, companyMs: 10 },
  )
}

/** Puts a message back into its place that was claimed and not called for. */
export function createGiveBack(record: (result: SendResult) => Promise<unknown>) {
  return async ({ shopId, id, epoch }: Pick<SendResult, 'shopId' | 'id' | 'epoch'>): Promise<void> => {
    await record({ shopId, id, epoch, status: 'queued', dueInMs: 0, countsAsAttempt: false })
  }
}
