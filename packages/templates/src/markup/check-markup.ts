import type { Block, ForPart, IfPart, LinkPart } from '../language/tree.ts'
import { checkText } from './check-text.ts'
import { findMarkdown } from './find-markdown.ts'
import type { MarkupFinding } from './markup-finding.ts'
import { openTag, reportError, type MarkupWalk } from './markup-walk.ts'
import type { Spot } from './spot.ts'

/**
 * Checks the author's markup in every branch, as a grammar: each branch and each round of a loop leaves open what it found open and
 * nothing else, a tag stands in one piece, and a value stands between tags or is the whole of `href="…"`. Values are escaped, so
 * without an error here no data whatsoever makes markup that Telegram refuses; only the addresses of links are left to be checked
 * when they are known. Linear in the size of the template.
 */
export function checkMarkup(block: Block): MarkupFinding[] {
  const walk: MarkupWalk = { errors: [], warnings: [], open: [], unknown: new Set(), floor: 0 }
  checkBlock(block, walk)
  return [...walk.errors, ...walk.warnings].toSorted(byPlace)
}

function checkBlock(parts: Block, outer: MarkupWalk, isBranch = false): void {
  const walk = { ...outer, floor: outer.open.length }
  const goesOnAt = new Map<number, number>()
  for (const [index, part] of parts.entries()) {
    if (part.type === 'markup') checkText({ part, parts, index, goesOnAt, isBranch }, walk)
    else if (part.type === 'link') checkLink(part, walk)
    else if (part.type === 'if' || part.type === 'for') checkBranches(part, walk)
  }
  for (const { name, spot } of walk.open.splice(walk.floor)) reportUnclosed(name, spot, { walk, isBranch })
  findMarkdown(parts, walk)
}

function checkBranches(part: IfPart | ForPart, walk: MarkupWalk): void {
  const bodies = part.type === 'if' ? part.branches.map(({ body }) => body) : [part.body]
  for (const body of [...bodies, part.otherwise]) checkBlock(body, walk, true)
}

/** It gives a whole link or nothing. */
function checkLink(part: LinkPart, walk: MarkupWalk): void {
  openTag('a', { part, index: 0 }, walk)
  walk.open.pop()
}

function reportUnclosed(
  name: string,
  spot: Spot,
  { walk, isBranch }: { walk: MarkupWalk; isBranch: boolean },
): void {
  const message = isBranch
    ? `<${name}> is opened in this branch and not closed in it. Write </${name}> before the next {% elif %}, {% else %}, {% endif %} or {% endfor %}.`
    : `<${name}> is never closed. Write </${name}> where it ends.`
  reportError(walk, isBranch ? 'markup_crosses_branch' : 'markup_not_closed', spot, message)
}

function byPlace(left: MarkupFinding, right: MarkupFinding): number {
  return left.place.line - right.place.line || left.place.column - right.place.column
}
