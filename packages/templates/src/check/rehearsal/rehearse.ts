import { TemplateError, type Place } from '../../language/template-error.ts'
import type { Block } from '../../language/tree.ts'
import type { Region } from '../../locale/region.ts'
import { checkHtml } from '../../markup/html-check.ts'
import { runTemplate } from '../../run/run-template.ts'
import { hasVisibleText } from '../../text/clean-text.ts'
import { singleLine, tidyLines } from '../../text/tidy-lines.ts'
import { addressProblem } from '../../text/web-address.ts'
import type { SourceUse } from '../rule.ts'
import type { Sample } from './samples.ts'

export interface Stage {
  block: Block
  use: SourceUse
  region: Region
}

/** How a source comes out with one sample. */
export type Rehearsed =
  | { status: 'printed'; sample: Sample; text: string }
  | {
      status: 'failed'
      sample: Sample
      code: 'render_failed' | 'empty_text'
      sentence: string
      place?: Place
    }

/** Renders a source with a sample, as a message would be, and looks at what comes out. */
export function rehearse({ block, use, region }: Stage, sample: Sample): Rehearsed {
  const context = { data: sample.data, region, nowMs: REHEARSAL_MS }
  try {
    return use === 'text'
      ? judgeHtml(tidyLines(runTemplate(block, context, 'html')), sample)
      : judgePlain(runTemplate(block, context, 'plain'), use, sample)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const { sentence, place } = error
    return { status: 'failed', sample, code: 'render_failed', sentence, ...(place && { place }) }
  }
}

/** The day of the examples, so that a finding does not depend on when it is made. */
export const REHEARSAL_MS = Date.UTC(2025, 10, 20, 16)

function judgeHtml(html: string, sample: Sample): Rehearsed {
  const check = checkHtml(html)
  if (check.status === 'invalid')
    return { status: 'failed', sample, code: 'render_failed', sentence: check.detail }
  if (!hasVisibleText(check.text))
    return { status: 'failed', sample, code: 'empty_text', sentence: NOTHING_LEFT }
  return { status: 'printed', sample, text: check.text }
}

const NOTHING_LEFT = 'nothing is left of it. Add a word that always stands there'

/** UTF-16 units (https://core.telegram.org/bots/api#copytextbutton). */
const MAX_COPY_CHARS = 256

const PROBLEMS: Partial<Record<SourceUse, (text: string) => string | undefined>> = {
  address: addressProblem,
  copy: ({ length }) =>
    length > MAX_COPY_CHARS ? `a button copies at most ${MAX_COPY_CHARS} characters` : undefined,
  size: (text) =>
    /^\d{1,15}$/.test(text) ? undefined : 'the size is a whole number of bytes: {{ file.size }}',
}

function judgePlain(printed: string, use: SourceUse, sample: Sample): Rehearsed {
  const text = use === 'address' || use === 'copy' ? printed.trim() : singleLine(printed)
  if (use === 'label' && !hasVisibleText(text))
    return { status: 'failed', sample, code: 'empty_text', sentence: NOTHING_LEFT }
  const sentence = text === '' ? undefined : PROBLEMS[use]?.(text)
  return sentence === undefined
    ? { status: 'printed', sample, text }
    : { status: 'failed', sample, code: 'render_failed', sentence }
}
