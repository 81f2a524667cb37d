import type { MarkupCode, MarkupFinding } from './markup-finding.ts'
import { placeOf, type Spot } from './spot.ts'
import type { Tag } from './read-tag.ts'
import { MAX_DEPTH, nestingProblem, TELEGRAM_TAGS } from './telegram-tags.ts'
import { wayOutOfTag } from './ways-out.ts'

/** What is known of a template's markup on the way through it. */
export interface MarkupWalk {
  /** At most MAX_FINDINGS of each severity, so that no number of warnings hides an error. */
  errors: MarkupFinding[]
  warnings: MarkupFinding[]
  /** Innermost last. */
  open: { name: string; spot: Spot }[]
  /** Names of tags Telegram does not know that were reported; their ends are no news. */
  unknown: Set<string>
  /** So many of the open tags belong to what is outside of the branch, which may not close them. */
  floor: number
}

/** More than anybody reads; a text of nothing but mistakes would have thousands. */
const MAX_FINDINGS = 50

export function reportError(walk: MarkupWalk, code: MarkupCode, spot: Spot, message: string): void {
  if (walk.errors.length < MAX_FINDINGS)
    walk.errors.push({ severity: 'error', code, message, place: placeOf(spot) })
}

export function reportWarning(walk: MarkupWalk, code: MarkupCode, spot: Spot, message: string): void {
  if (walk.warnings.length < MAX_FINDINGS)
    walk.warnings.push({ severity: 'warning', code, message, place: placeOf(spot) })
}

export function takeTag(tag: Tag, spot: Spot, walk: MarkupWalk): void {
  if (tag.closing) closeTag(tag.name, spot, walk)
  else if (openTag(tag.name, spot, walk)) checkAttributes(tag, spot, walk)
}

/** Opens a tag, wherever it stands, and says whether it is one; so that its end is no second mistake. */
export function openTag(name: string, spot: Spot, walk: MarkupWalk): boolean {
  if (!TELEGRAM_TAGS.has(name)) {
    walk.unknown.add(name)
    reportError(walk, 'markup_unknown_tag', spot, wayOutOfTag(name))
    return false
  }
  const around = walk.open.slice(0, MAX_DEPTH).map((outer) => outer.name)
  const problem = nestingProblem(name, around)
  if (problem !== undefined)
    reportError(walk, 'markup_nesting', spot, `${sentence(problem)} Close the outer one first.`)
  walk.open.push({ name, spot })
  return true
}

function checkAttributes({ name, attributes }: Tag, spot: Spot, walk: MarkupWalk): void {
  const problem = TELEGRAM_TAGS.get(name)?.(attributes, walk.open.at(-2)?.name)
  if (problem === undefined) return
  reportError(walk, name === 'a' ? 'markup_address' : 'markup_attribute', spot, `<${name}>: ${problem}.`)
}

export function closeTag(name: string, spot: Spot, walk: MarkupWalk): void {
  const { open, floor } = walk
  const index = open.findLastIndex((tag) => tag.name === name)
  if (index === open.length - 1 && index >= floor) open.pop()
  else if (index >= floor && index >= 0) {
    const expected = open.at(-1)?.name ?? name
    const message = `</${name}> stands where </${expected}> is expected: close first what was opened last.`
    reportError(walk, 'markup_nesting', spot, message)
    open.length = index
  } else if (index >= 0) {
    const message = `</${name}> closes a tag that was opened outside of this branch. Open and close a tag in the same branch.`
    reportError(walk, 'markup_crosses_branch', spot, message)
  } else if (TELEGRAM_TAGS.has(name))
    reportError(
      walk,
      'markup_closes_nothing',
      spot,
      `</${name}> closes nothing: there is no <${name}> before it.`,
    )
  else if (!walk.unknown.has(name)) reportError(walk, 'markup_unknown_tag', spot, wayOutOfTag(name))
}

function sentence(problem: string): string {
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`
}
