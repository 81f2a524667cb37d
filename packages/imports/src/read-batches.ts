import type { ImportIssue } from '@postino/domain'
import { rowOf, type Layout, type Row } from './row.ts'
import type { Table } from './table/open-table.ts'

/** What some lines of a file say, and what is wrong with others. */
export interface FileBatch<Value> {
  values: Value[]
  issues: ImportIssue[]
}

/** Reads the records of a table as `parse` understands them. Of a line with an error nothing is taken. */
export async function* readBatches<Field extends string, Value>(
  table: Table,
  { layout, notices, most }: { layout: Layout<Field>; notices: ImportIssue[]; most: number },
  parse: (row: Row<Field>) => Value | ImportIssue[],
): AsyncGenerator<FileBatch<Value>> {
  let batch: FileBatch<Value> = { values: [], issues: notices }
  for await (const records of table.records) {
    for (const record of records) {
      const row = rowOf(record, layout)
      const value = 'cell' in row ? parse(row) : [row]
      if (Array.isArray(value)) batch.issues.push(...value)
      else batch.values.push(value)
      if (batch.values.length + batch.issues.length < most) continue
      yield batch
      batch = { values: [], issues: [] }
    }
  }
  yield batch
}
