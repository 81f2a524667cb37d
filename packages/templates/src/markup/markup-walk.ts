import type { Place } from '../language/template-error.ts'
import type { MarkupCode, MarkupFinding } from './markup-finding.ts'
import type { Tag } from './read-tag.ts'
import { nestingProblem, TELEGRAM_TAGS } from './telegram-tags.ts'
import { wayOutOfTag } from './ways-out.ts'

/** What is known of a template's markup on the way through it. */
export interface MarkupWalk {
  findings: MarkupFinding[]
  /** Innermost last. */
  open: { name: string; place: Place }[]
  /** Names of tags Telegram does not know that were reported; their ends are no news. */
  unknown: Set<string>
  /** So many of the open tags belong to what is outside of the branch, which may not close them. */
  floor: number
}

export function reportError(walk: MarkupWalk, code: MarkupCode, place: Place, message: string): void {
  walk.findings.push({ severity: 'error', code, message, place })
}

export function takeTag(tag: Tag, place: Place, walk: MarkupWalk): void {
  if (tag.closing) closeTag(tag.name, place, walk)
  else if (openTag(tag.name, place, walk)) checkAttributes(tag, place, walk)
}

/** Opens a tag, wherever it stands, and says whether it is one; so that its end is no second mistake. */
export function openTag(name: string, place: Place, walk: MarkupWalk): boolean {
  if (!TELEGRAM_TAGS.has(name)) {
    walk.unknown.add(name)
    reportError(walk, 'markup_unknown_tag', place, wayOutOfTag(name))
    return false
  }
  const problem = nestingProblem(
    name,
    walk.open.map((outer) => outer.name),
  )
  if (problem !== undefined)
    reportError(
      walk,
      'markup_nesting',
      place,
      `${problem}: Telegram would drop one of the two. Close the outer one first.`,
    )
  walk.open.push({ name, place })
  return true
}

function checkAttributes({ name, attributes }: Tag, place: Place, walk: MarkupWalk): void {
  const problem = TELEGRAM_TAGS.get(name)?.(attributes, walk.open.at(-2)?.name)
  if (problem === undefined) return
  reportError(walk, name === 'a' ? 'markup_address' : 'markup_attribute', place, `<${name}>: ${problem}.`)
}

export function closeTag(name: string, place: Place, walk: MarkupWalk): void {
  const { open, floor } = walk
  const index = open.findLastIndex((tag) => tag.name === name)
  if (index === open.length - 1 && index >= floor) open.pop()
  else if (index >= floor && index >= 0) {
    const expected = open.at(-1)?.name ?? name
    const message = `</${name}> stands where </${expected}> is expected: close first what was opened last.`
    reportError(walk, 'markup_nesting', place, message)
    open.length = index
  } else if (index >= 0) {
    const message = `</${name}> closes a tag that was opened outside of this branch. Open and close a tag in the same branch.`
    reportError(walk, 'markup_crosses_branch', place, message)
  } else if (TELEGRAM_TAGS.has(name))
    reportError(
      walk,
      'markup_closes_nothing',
      place,
      `</${name}> closes nothing: there is no <${name}> before it.`,
    )
  else if (!walk.unknown.has(name)) reportError(walk, 'markup_unknown_tag', place, wayOutOfTag(name))
}
