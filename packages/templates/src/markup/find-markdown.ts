import assert from 'node:assert/strict'
import type { Block } from '../language/tree.ts'
import { reportWarning, type MarkupWalk } from './markup-walk.ts'
import type { Spot } from './spot.ts'

/** Warns of what other programs make bold and the like: Telegram shows it as it stands. */
export function findMarkdown(parts: Block, walk: MarkupWalk): void {
  const stretches = parts.map((part) => (part.type === 'markup' ? withoutCode(part.source) : VALUE))
  const text = stretches.join('')
  if (!/[*_`~\]]/.test(text)) return
  for (const { pattern, instead } of MARKS) {
    const message = `Telegram shows these signs as they stand: write ${instead} instead.`
    for (const { index } of text.matchAll(pattern))
      reportWarning(walk, 'markup_markdown', spotOf(index, parts, stretches), message)
  }
}

/** Stands for whatever is no text of the author's. */
const VALUE = '\ufffc'

const MARKS = [
  { pattern: /(?<!\*)\*\*(?![\s*])[^*\n]{1,300}\*\*(?!\*)/g, instead: '<b>…</b>' },
  { pattern: /(?<![\w*])\*(?![\s*])[^*\n]{1,300}(?<!\s)\*(?![\w*])/g, instead: '<b>…</b>' },
  { pattern: /(?<![\w_])__(?![\s_])[^_\n]{1,300}__(?![\w_])/g, instead: '<u>…</u> or <b>…</b>' },
  { pattern: /(?<![\w_])_(?![\s_])[^_\n]{1,300}(?<!\s)_(?![\w_])/g, instead: '<i>…</i>' },
  { pattern: /(?<!~)~~(?![\s~])[^~\n]{1,300}~~(?!~)/g, instead: '<s>…</s>' },
  { pattern: /`[^`\n]{1,300}`/g, instead: '<code>…</code>' },
  { pattern: /\[[^\][\n]{1,300}\]\([^()\s]{1,300}\)/g, instead: '<a href="https://…">…</a>' },
] as const

/** Of the same length, with nothing in code and in tags that looks like a mark. */
function withoutCode(source: string): string {
  return source.replaceAll(CODE_OR_TAG, (found) => VALUE.repeat(found.length))
}

const CODE_OR_TAG = /<(?:pre|code)(?: [^<>]*)?>[^<]*|<[^<>]*>|\bhttps?:[^\s<)]*/gi

function spotOf(index: number, parts: Block, stretches: readonly string[]): Spot {
  let start = 0
  for (const [number, part] of parts.entries()) {
    const length = stretches[number]?.length ?? 0
    if (index < start + length) return { part, index: part.type === 'markup' ? index - start : 0 }
    start += length
  }
  assert.fail('a mark stands in one of the parts')
}
