import type { TemplateFinding } from '@postino/domain'
import { MAX_FINDINGS } from './max-findings.ts'

/** The findings of a template by part, line and column; of too many, errors are kept first. */
export function inOrder(findings: readonly TemplateFinding[]): TemplateFinding[] {
  const unique = onePerPlace(findings)
  const parts = [...new Set(findings.map(({ at }) => at))]
  return unique
    .slice(0, MAX_FINDINGS)
    .toSorted(
      (one, other) =>
        parts.indexOf(one.at) - parts.indexOf(other.at) ||
        (one.line ?? 0) - (other.line ?? 0) ||
        (one.column ?? 0) - (other.column ?? 0),
    )
}

/** Errors first. One thing at a time: what else is wrong in the same place is said when that is mended. */
function onePerPlace(findings: readonly TemplateFinding[]): TemplateFinding[] {
  const taken = new Set<string>()
  const errorsFirst = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ]
  return errorsFirst.filter(({ at, line, column, code }) => {
    const place = JSON.stringify([at, line ?? code, column])
    return !taken.has(place) && taken.add(place)
  })
}
