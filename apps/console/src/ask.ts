import { classifyDatabaseFailure, type Database } from '@postino/database'
import { createAskDatabase } from '@postino/http'

/**
 * Asks Postgres for what a request needs, within the time it has: 5 s, or so many milliseconds. What is asked may be asked
 * twice, when the connection was lost in between.
 */
export type Ask = <T>(question: (database: Database) => Promise<T>, limitMs?: number) => Promise<T>

export function createAsk(database: Database): Ask {
  const askDatabase = createAskDatabase(classifyDatabaseFailure)
  return (question, limitMs) => askDatabase(() => question(database), limitMs)
}
