import type { TemplateFinding } from '@postino/domain'
import type { Place } from '../../language/template-error.ts'
import type { Part } from '../../language/tree.ts'
import { visibleLength } from '../../markup/html-check.ts'
import { runTemplate } from '../../run/run-template.ts'
import { findingOf } from '../rule.ts'
import { REHEARSAL_MS, type Rehearsed, type Stage } from './rehearse.ts'
import { tooLong, tooLongForFile } from './rehearsal-rules.ts'

type Printed = Extract<Rehearsed, { status: 'printed' }>

/** UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
const [MAX_TEXT_CHARS, MAX_CAPTION_CHARS] = [4096, 1024]

/** Says when a text would be cut with long data, and from where; and when it does not fit under its files even with the example. */
export function judgeLength(
  stage: Stage,
  { example, long, hasFiles, at }: { example: Printed; long: Printed; hasFiles: boolean; at: string },
): TemplateFinding[] {
  if (long.text.length > MAX_TEXT_CHARS) {
    const part = partThatIsCut(stage, long)
    const message = `With long data this has some ${rounded(long.text.length)} characters, and Telegram shows ${MAX_TEXT_CHARS}: what follows here would be cut.${part === undefined ? '' : wayOutOf(part)}`
    return [findingOf(tooLong, at, { message, ...(part && { place: placeOf(part) }) })]
  }
  if (!hasFiles || example.text.length <= MAX_CAPTION_CHARS) return []
  const message = `With the example this has ${example.text.length} characters, and Telegram shows ${MAX_CAPTION_CHARS} under a file: the file would be sent as a link. Make the text shorter.`
  return [findingOf(tooLongForFile, at, { message })]
}

/** The part in which the text becomes too long. */
function partThatIsCut({ block, region }: Stage, { sample }: Printed): Part | undefined {
  let chars = 0
  return block.find((part) => {
    const html = runTemplate([part], { data: sample.data, region, nowMs: REHEARSAL_MS }, 'html')
    chars += visibleLength(html)
    return chars > MAX_TEXT_CHARS
  })
}

function placeOf(part: Part): Place {
  return part.place
}

function wayOutOf(part: Part): string {
  if (part.type === 'for')
    return ` Show fewer entries: {% for ${part.variable} in … %}{% if loop.index <= 5 %}…{% endif %}{% endfor %}.`
  return part.type === 'print' ? ' Shorten it: … | truncate(200).' : ' Shorten what is long with “truncate”.'
}

function rounded(chars: number): number {
  return Math.round(chars / 100) * 100
}
