import type { ImportIssue } from '@postino/domain'

const MOST_TOLD = 1_000

/** Gathers what an import finds, as far as an answer tells it. */
export function collectIssues(): { add: (issues: readonly ImportIssue[]) => void; told: () => object } {
  const errors = createList()
  const notices = createList()
  return {
    add(issues) {
      for (const { severity, ...issue } of issues) (severity === 'error' ? errors : notices).add(issue)
    },
    told: () => ({
      errors: errors.first,
      more_errors: errors.more(),
      notices: notices.first,
      more_notices: notices.more(),
    }),
  }
}

function createList() {
  const first: Omit<ImportIssue, 'severity'>[] = []
  let count = 0
  return {
    first,
    add(issue: Omit<ImportIssue, 'severity'>) {
      count += 1
      if (first.length < MOST_TOLD) first.push(issue)
    },
    more: () => count - first.length,
  }
}
