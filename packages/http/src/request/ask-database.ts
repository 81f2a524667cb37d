import { TimeLimitError, within } from '../limits/within.ts'
import { databaseAway } from '../problem/refusals.ts'

/** How long a request waits for one answer of Postgres, if it says nothing else. */
export const DATABASE_LIMIT_MS = 5_000

/**
 * Asks Postgres for something a request needs; once more when the connection was lost, so the question must be harmless
 * to ask twice. Ends with a 503 when there is no answer in time.
 */
export type AskDatabase = <T>(question: () => Promise<T>, limitMs?: number) => Promise<T>

/** `lost`: it may have happened all the same. `bug` and `data` say nothing about the database. */
type ClassifyFailure = (error: unknown) => 'retry' | 'lost' | 'away' | 'data' | 'bug'

export function createAskDatabase(classify: ClassifyFailure): AskDatabase {
  return async function askDatabase(question, limitMs = DATABASE_LIMIT_MS) {
    try {
      return await within(limitMs, askTwice(question, classify))
    } catch (error) {
      if (error instanceof TimeLimitError || isAway(classify(error))) throw databaseAway(error)
      throw error
    }
  }
}

async function askTwice<T>(question: () => Promise<T>, classify: ClassifyFailure): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (classify(error) !== 'lost') throw error
    return await question()
  }
}

function isAway(failure: ReturnType<ClassifyFailure>): boolean {
  return failure === 'away' || failure === 'lost' || failure === 'retry'
}
