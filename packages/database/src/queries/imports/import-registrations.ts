import type { ImportIssue, RegistrationToImport } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { countRefusedLines } from './count-refused-lines.ts'
import { importRegistration } from './import-registration.ts'
import { loadKnown } from './load-known.ts'

export interface RegistrationImport {
  /** The bot that has these chats. */
  botId: string
  /** Who brings the proof, for the ledger. */
  actor: string
  /** What a file says, as it is read, some hundred lines at a time; `issues` are what was found wrong on the way. */
  batches: AsyncIterable<{ values: readonly RegistrationToImport[]; issues: readonly ImportIssue[] }>
  /** Everything is checked, against the database too, and nothing is kept. */
  isDryRun?: boolean
  /** Told as they are found. */
  onIssues: (issues: readonly ImportIssue[]) => void | Promise<void>
}

export interface RegistrationImportCounts {
  /** Chats that were bound to a contact. */
  registered: number
  /** Entries of the ledger, for these and for chats that were bound before. */
  granted: number
  /** Lines that brought nothing new. */
  unchanged: number
  /** Lines with an error. */
  refused: number
}

/**
 * Takes over chats that agreed elsewhere, with the proof of each consent. Each batch is a transaction, so that nobody waits
 * for the file; one that breaks off is completed by importing it again, since what is there already is not added twice.
 */
export async function importRegistrations(
  db: Database,
  shopId: string,
  file: RegistrationImport,
): Promise<RegistrationImportCounts> {
  const { batches, onIssues, ...place } = file
  const counts: RegistrationImportCounts = { registered: 0, granted: 0, unchanged: 0, refused: 0 }
  for await (const { values, issues } of batches) {
    if (issues.length > 0) await onIssues(issues)
    const found = await inTransaction(db, (trx) => importWithin(trx, shopId, { ...place, values }))
    if (found.issues.length > 0) await onIssues(found.issues)
    counts.registered += found.registered
    counts.granted += found.granted
    counts.unchanged += found.unchanged
    counts.refused += countRefusedLines(issues) + countRefusedLines(found.issues)
  }
  return counts
}

type Batch = Pick<RegistrationImport, 'botId' | 'actor' | 'isDryRun'> & {
  values: readonly RegistrationToImport[]
}

type Outcome = Omit<RegistrationImportCounts, 'refused'> & { issues: ImportIssue[] }

async function importWithin(trx: Database, shopId: string, batch: Batch): Promise<Outcome> {
  const { values, isDryRun = false, ...place } = batch
  const outcome: Outcome = { registered: 0, granted: 0, unchanged: 0, issues: [] }
  const known = await loadKnown(trx, shopId, batch)
  await sql`savepoint before_batch`.execute(trx)
  for (const registration of values) {
    const imported = await importRegistration(trx, shopId, { ...place, registration, known })
    outcome.issues.push(...imported.issues)
    outcome.granted += imported.granted
    if (imported.status === 'registered') outcome.registered += 1
    if (imported.status === 'unchanged') outcome.unchanged += 1
  }
  if (isDryRun) await sql`rollback to savepoint before_batch`.execute(trx)
  return outcome
}
