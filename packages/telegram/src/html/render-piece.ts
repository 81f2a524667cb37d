import { escapeHtml } from './escape-html.ts'
import type { Mark, ParsedHtml } from './parse-html.ts'

/**
 * The markup of a stretch of the visible text, valid by itself: what was open before it is opened again, what is open at
 * its end is closed.
 *
 * @param ending plain text put at the end, inside whatever is open there
 */
export function renderPiece({ text, marks }: ParsedHtml, from: number, to: number, ending = ''): string {
  const first = firstMarkAfter(marks, from)
  const last = to === text.length ? marks.length : firstMarkAfter(marks, to)
  const open = marks.slice(0, first).reduce<Mark[]>(applyMark, [])
  const parts = open.map((mark) => mark.startTag)
  let position = from
  for (const mark of marks.slice(first, last)) {
    parts.push(escapeHtml(text.slice(position, mark.offset)), mark.startTag ?? `</${mark.name}>`)
    position = mark.offset
    applyMark(open, mark)
  }
  parts.push(escapeHtml(text.slice(position, to)), escapeHtml(ending))
  parts.push(...open.toReversed().map((mark) => `</${mark.name}>`))
  return parts.join('')
}

function applyMark(open: Mark[], mark: Mark): Mark[] {
  if (mark.startTag === undefined) open.pop()
  else open.push(mark)
  return open
}

/** At a cut, ends belong to what is before it and starts to what comes after: nothing is opened only to be closed. */
function firstMarkAfter(marks: Mark[], offset: number): number {
  if (offset === 0) return 0
  const index = marks.findIndex(
    (mark) => mark.offset > offset || (mark.offset === offset && mark.startTag !== undefined),
  )
  return index === -1 ? marks.length : index
}
