import type { RegistrationToImport } from '@postino/domain'
import { findColumns, isColumnOf } from '../columns/find-columns.ts'
import { ignoredColumns } from '../columns/ignored-columns.ts'
import { ImportRefused } from '../import-refused.ts'
import { readBatches, type FileBatch } from '../read-batches.ts'
import { openTable } from '../table/open-table.ts'
import { REGISTRATION_COLUMNS, type RegistrationColumn } from './registration-columns.ts'
import { registrationOf } from './registration-of.ts'
import { registrationSchema } from './registration-schema.ts'

/** Each becomes one transaction. */
const MOST_PER_BATCH = 100

/**
 * Reads a CSV file of chats that agreed elsewhere, each line with its whole proof, in batches and with little memory. `nowMs`
 * is when it is read: nobody agrees in the future.
 *
 * @throws ImportRefused when the file as a whole cannot be taken
 */
export async function* readRegistrations(
  chunks: AsyncIterable<Uint8Array | string>,
  nowMs: number,
): AsyncGenerator<FileBatch<RegistrationToImport>> {
  const table = await openTable(chunks, isColumnOf(REGISTRATION_COLUMNS))
  const { header } = table
  const places = findPlaces(header)
  const schema = registrationSchema(nowMs)
  const notices = ignoredColumns(header, Object.values(places).flat())
  const reading = { layout: { header, places }, notices, most: MOST_PER_BATCH }
  yield* readBatches(table, reading, (row) => registrationOf(row, schema))
}

type Places = Partial<Record<RegistrationColumn, number[]>>

function findPlaces(header: string[]): Places {
  const needed = ['chat_id', 'purposes', 'obtained_at', 'source', 'reference'] as const
  const { known } = findColumns<RegistrationColumn>(header, REGISTRATION_COLUMNS, needed)
  if (known.wording === undefined && (known.wording_version === undefined || known.locale === undefined)) {
    const wayOut = 'add the words that were shown, or a wording_version and a locale of your own'
    throw new ImportRefused('column_missing', `it has no column wording: ${wayOut}`)
  }
  const places: Places = {}
  // The names of an object's own members, as they were written.
  for (const key of Object.keys(known) as RegistrationColumn[]) {
    const index = known[key]
    if (index !== undefined) places[key] = [index]
  }
  return places
}
