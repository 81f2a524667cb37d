import type { ContactToImport } from '@postino/domain'
import { isColumnOf } from '../columns/find-columns.ts'
import { readBatches, type FileBatch } from '../read-batches.ts'
import { openTable } from '../table/open-table.ts'
import type { CountryCode } from '../values/phone-of.ts'
import { CONTACT_COLUMNS } from './contact-columns.ts'
import { contactLayout } from './contact-layout.ts'
import { contactOf } from './contact-of.ts'

export interface ContactFileOptions {
  /** Columns of other names become attributes; else they are told as notices. */
  attributes?: boolean
  /** The column that holds the external ids, as the file calls it, when it has none for them alone. */
  idColumn?: string
  /** The country of phone numbers that have no country code. */
  country?: CountryCode
}

const MOST_PER_BATCH = 1_000

/**
 * Reads a CSV file of contacts, of any size, in batches and with little memory. A line with an error is left out whole.
 *
 * @throws ImportRefused when the file as a whole cannot be taken
 */
export async function* readContacts(
  chunks: AsyncIterable<Uint8Array | string>,
  options: ContactFileOptions = {},
): AsyncGenerator<FileBatch<ContactToImport>> {
  const table = await openTable(chunks, isColumnOf(CONTACT_COLUMNS))
  const layout = contactLayout(table.header, options)
  const { attributes, isKnownByPhone } = layout
  const rules = { attributes, isKnownByPhone, country: options.country }
  const { notices } = layout
  yield* readBatches(table, { layout, notices, most: MOST_PER_BATCH }, (row) => contactOf(row, rules))
}
