import type { TemplateFinding } from '@postino/domain'

/** More than anybody mends at once. */
const MAX_FINDINGS = 50

/** The findings of a template by part, line and column, each once; of too many, errors are kept first. */
export function inOrder(findings: readonly TemplateFinding[]): TemplateFinding[] {
  const unique = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  const parts = [...new Set(unique.map(({ at }) => at))]
  return unique
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, MAX_FINDINGS)
    .toSorted(
      (one, other) =>
        parts.indexOf(one.at) - parts.indexOf(other.at) ||
        (one.line ?? 0) - (other.line ?? 0) ||
        (one.column ?? 0) - (other.column ?? 0),
    )
}

function rank({ severity }: TemplateFinding): number {
  return severity === 'error' ? 0 : 1
}
