import type { Place } from '../language/template-error.ts'
import type { Block, ForPart, IfPart, LinkPart } from '../language/tree.ts'
import { checkText } from './check-text.ts'
import { findMarkdown } from './find-markdown.ts'
import type { MarkupFinding } from './markup-finding.ts'
import { openTag, type MarkupWalk } from './markup-walk.ts'

/**
 * Checks the author's markup in every branch, as a grammar: each branch and each round of a loop leaves open what it found open and
 * nothing else, a tag stands in one piece, and a value stands between tags or is the whole of `href="…"`. Values are escaped, so
 * without an error here no data whatsoever makes markup that Telegram refuses; only the addresses of links are left to be checked
 * when they are known. Linear in the size of the template.
 */
export function checkMarkup(block: Block): MarkupFinding[] {
  const findings: MarkupFinding[] = []
  checkBlock(block, { findings, open: [], unknown: new Set(), floor: 0 })
  return findings.toSorted(byPlace).slice(0, MAX_FINDINGS)
}

/** More than anybody reads; a text of nothing but mistakes would have thousands. */
const MAX_FINDINGS = 50

function checkBlock(parts: Block, outer: MarkupWalk, isBranch = false): void {
  const walk = { ...outer, floor: outer.open.length }
  const goesOnAt = new Map<number, number>()
  for (const [index, part] of parts.entries()) {
    if (part.type === 'markup') checkText({ part, parts, index, goesOnAt, isBranch }, walk)
    else if (part.type === 'link') checkLink(part, walk)
    else if (part.type === 'if' || part.type === 'for') checkBranches(part, walk)
  }
  for (const { name, place } of walk.open.splice(walk.floor))
    walk.findings.push(neverClosed(name, place, isBranch))
  walk.findings.push(...findMarkdown(parts))
}

function checkBranches(part: IfPart | ForPart, walk: MarkupWalk): void {
  const bodies = part.type === 'if' ? part.branches.map(({ body }) => body) : [part.body]
  for (const body of [...bodies, part.otherwise]) checkBlock(body, walk, true)
}

/** It gives a whole link or nothing. */
function checkLink({ place }: LinkPart, walk: MarkupWalk): void {
  openTag('a', place, walk)
  if (walk.open.at(-1)?.place === place) walk.open.pop()
}

function neverClosed(name: string, place: Place, isBranch: boolean): MarkupFinding {
  const message = isBranch
    ? `<${name}> is opened in this branch and not closed in it. Write </${name}> before the next {% elif %}, {% else %}, {% endif %} or {% endfor %}.`
    : `<${name}> is never closed. Write </${name}> where it ends.`
  return { severity: 'error', code: isBranch ? 'markup_crosses_branch' : 'markup_not_closed', message, place }
}

function byPlace(left: MarkupFinding, right: MarkupFinding): number {
  return left.place.line - right.place.line || left.place.column - right.place.column
}
