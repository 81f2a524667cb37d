import type { Block, MarkupPart } from '../../language/tree.ts'
import type { Observation } from '../fields/observation.ts'
import { markupParts } from '../words/author-words.ts'
import { pathsShown } from '../fields/paths-shown.ts'
import type { SourceRule } from '../rule.ts'

export const sensitivePreview: SourceRule = {
  code: 'sensitive_preview',
  severity: 'warning',
  about: 'Something personal in the line a locked phone shows: an address, the words of a message, a code.',
  judge({ use, block, observations, hasPreview }) {
    if (use !== 'preview' && (use !== 'text' || hasPreview)) return []
    const lastLine = use === 'preview' ? Number.POSITIVE_INFINITY : endOfFirstLine(block)
    return observations.flatMap((observation) => {
      const path = observation.type === 'print' ? sensitiveField(observation) : undefined
      if (path === undefined || observation.type !== 'print') return []
      const { place } = observation.part
      return place.line > lastLine ? [] : [{ message: MESSAGES[use](path), place }]
    })
  },
}

/** What only the reader should see. */
const SENSITIVE = /^(?:delivery\.address|message\.excerpt|discount_code)$/

const MESSAGES = {
  preview: (path: string) =>
    `\`${path}\` would stand on a locked phone for everybody to see. Keep it for the text below.`,
  text: (path: string) =>
    `\`${path}\` stands in the first line, which a locked phone shows to everybody. Move it down, or write a preview.`,
}

function sensitiveField({ value }: Extract<Observation, { type: 'print' }>): string | undefined {
  return pathsShown(value.expression).find((path) => SENSITIVE.test(path))
}

/** The line of the source in which the first line of the text ends: where the first break behind visible words stands. */
function endOfFirstLine(block: Block): number {
  let hasBegun = block[0]?.type !== 'markup'
  for (const part of markupParts(block)) {
    const end = breakIn(part, hasBegun)
    if (end !== undefined) return end
    hasBegun ||= part.source.trim() !== ''
  }
  return Number.POSITIVE_INFINITY
}

function breakIn({ source, place }: MarkupPart, hasBegun: boolean): number | undefined {
  const start = hasBegun ? 0 : source.search(/\S/)
  const index = start === -1 ? -1 : source.indexOf('\n', start)
  return index === -1 ? undefined : place.line + source.slice(0, index).split('\n').length - 1
}
