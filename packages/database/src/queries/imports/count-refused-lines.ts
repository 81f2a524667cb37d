import type { ImportIssue } from '@postino/domain'

/** Lines with an error; a line may have several, which stand together. */
export function countRefusedLines(issues: readonly ImportIssue[]): number {
  const errors = issues.filter(({ severity }) => severity === 'error')
  return new Set(errors.map(({ line }) => line)).size
}
