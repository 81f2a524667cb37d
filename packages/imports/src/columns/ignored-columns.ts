import type { ImportIssue } from '@postino/domain'

/** Tells of the columns that are not read. */
export function ignoredColumns(header: readonly string[], used: readonly number[]): ImportIssue[] {
  return [...header.entries()]
    .filter(([index, name]) => !used.includes(index) && name !== '')
    .map(([, column]) => ({
      severity: 'notice',
      line: 1,
      column,
      code: 'column_ignored',
      message: 'is not read',
    }))
}
