import { databaseAway } from '../problem/refusals.ts'
import { classifyDatabaseFailure } from '../accept/database-failure.ts'
import { TimeLimitError, within } from '../accept/within.ts'

/** How long a request waits for one answer of Postgres. */
export const DATABASE_LIMIT_MS = 5_000

/** Asks Postgres for something a request needs; once more when only the connection was at fault. 503 when it is away. */
export async function askDatabase<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await within(DATABASE_LIMIT_MS, askTwice(question))
  } catch (error) {
    if (error instanceof TimeLimitError || isAway(error)) throw databaseAway(error)
    throw error
  }
}

async function askTwice<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (classifyDatabaseFailure(error) !== 'lost') throw error
    return await question()
  }
}

function isAway(error: unknown): boolean {
  const failure = classifyDatabaseFailure(error)
  return failure === 'away' || failure === 'lost' || failure === 'retry'
}
