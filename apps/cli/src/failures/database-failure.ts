import { classifyDatabaseFailure } from '@postino/database'
import { CommandFailure } from './command-failure.ts'

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const REFUSALS: readonly [code: RegExp, wayOut: string][] = [
  [/^28/, 'correct the user or the password in DATABASE_URL'],
  [/^3D/, 'create that database, or correct DATABASE_URL'],
  [/^42501/, 'give its user the rights, or name another one in DATABASE_URL'],
  [/^25006/, 'this server is read-only: name the primary in DATABASE_URL'],
  [/^53|^57/, 'try again a little later'],
]

/** Postgres cannot be reached, or lets nobody in: the first question to it failed. */
export function databaseUnreachable(error: unknown, url: string): CommandFailure {
  return (
    databaseRefusal(error) ??
    new CommandFailure(
      `Postgres at ${hostOf(url)} does not answer (${reasonOf(error)}): start it, or correct DATABASE_URL`,
      { cause: error },
    )
  )
}

/** What Postgres refuses for a reason that an operator can mend; undefined for any other error. */
export function databaseRefusal(error: unknown): CommandFailure | undefined {
  const answer = answerIn(error)
  const wayOut = REFUSALS.find(([code]) => code.test(answer?.code ?? ''))?.[1]
  if (answer === undefined || wayOut === undefined) return undefined
  return new CommandFailure(`Postgres refuses (${answer.message}): ${wayOut}`, { cause: error })
}

/** The connection broke while it was in use; undefined for any other error. */
export function databaseLost(error: unknown): CommandFailure | undefined {
  if (classifyDatabaseFailure(error) !== 'lost') return undefined
  return new CommandFailure(
    `the connection to Postgres broke (${reasonOf(error)}): see what was done, and try again a little later`,
    { cause: error },
  )
}

/** Of the server itself, wherever in the chain of causes: it has a severity. */
function answerIn(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof Error)) return undefined
  if ('severity' in error && 'code' in error) return { code: String(error.code), message: error.message }
  return answerIn(error.cause)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Of several addresses of one name node reports several errors, and no message.
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}

function hostOf(url: string): string {
  return URL.parse(url)?.host || 'the address in DATABASE_URL'
}
