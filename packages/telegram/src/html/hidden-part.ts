import { visibleLength } from './html-text.ts'

export const SEPARATOR = '\n\n'
export const START = '<tg-spoiler>'
export const END = '</tg-spoiler>'

export interface HiddenPart {
  before: string
  html: string
  after: string
  /** Of what stands before. */
  visibleChars: number
}

/** The hidden text of what `hideText` made; undefined for any other. */
export function hiddenPart(html: string): HiddenPart | undefined {
  if (!html.endsWith(END)) return undefined
  const [before] = FIRST_LINE.exec(html) ?? []
  if (before === undefined) return undefined
  const hidden = html.slice(before.length, -END.length)
  if (hidden.includes(START)) return undefined
  return { before, html: hidden, after: END, visibleChars: visibleLength(before) }
}

const FIRST_LINE = new RegExp(`^(?:[^<\n]+${SEPARATOR})?${START}`)
