import type { ContactToImport, ImportIssue } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ContactImportCounts } from './contact-import-counts.ts'
import { countRefusedLines } from './count-refused-lines.ts'
import { mergeStagedContacts } from './merge-staged-contacts.ts'
import {
  countPlannedContacts,
  listStagedIssues,
  planStagedContacts,
  stageContacts,
} from './staged-contacts.ts'

export interface ContactImport {
  /** What a file says, as it is read; `issues` are what was found wrong on the way. */
  batches: AsyncIterable<{ values: readonly ContactToImport[]; issues: readonly ImportIssue[] }>
  /** Everything is checked, against the database too, and nothing is kept. */
  isDryRun?: boolean
  /** Told as they are found: those of the file in its order, then those that the database knows of. */
  onIssues: (issues: readonly ImportIssue[]) => void | Promise<void>
}

/**
 * Takes contacts into a shop's book, all that are good or, when anything breaks off, none. What a line leaves out stays as it
 * was. It gives contacts alone, never consent or a chat: whoever was erased, or became another contact, stays so, and
 * their lines are refused. Lines wait in a temporary table until the file has ended, so that contacts are locked only while
 * one statement changes what differs.
 */
export async function importContacts(
  db: Database,
  shopId: string,
  file: ContactImport,
): Promise<ContactImportCounts> {
  return await db.transaction().execute(async (trx) => {
    await prepare(trx)
    const refusedLines = await stage(trx, file)
    // One import of a shop at a time compares and changes: two would each find the other's contacts missing.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`postino.import ${shopId}`}, 0))`.execute(trx)
    await planStagedContacts(trx, shopId)
    await tellStagedIssues(trx, file)
    const planned = await countPlannedContacts(trx)
    const counts = file.isDryRun === true ? planned : await mergeStagedContacts(trx, shopId, planned)
    return { ...counts, refused: counts.refused + refusedLines }
  })
}

/** Longer than other statements take; and so long a file may let us wait for its next piece. */
async function prepare(trx: Database): Promise<void> {
  await sql`set local statement_timeout = '15min'`.execute(trx)
  await sql`set local idle_in_transaction_session_timeout = '5min'`.execute(trx)
}

async function stage(trx: Database, { batches, onIssues }: ContactImport): Promise<number> {
  let refused = 0
  const insert = await stageContacts(trx)
  for await (const { values, issues } of batches) {
    if (issues.length > 0) await onIssues(issues)
    refused += countRefusedLines(issues)
    if (values.length > 0) await insert(values)
  }
  return refused
}

async function tellStagedIssues(trx: Database, { onIssues }: ContactImport): Promise<void> {
  let afterLine = 0
  for (;;) {
    const issues = await listStagedIssues(trx, afterLine)
    const last = issues.at(-1)
    if (last === undefined) return
    await onIssues(issues)
    afterLine = last.line
  }
}
