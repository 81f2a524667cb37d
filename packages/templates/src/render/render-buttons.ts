import type { CopyButton, LinkButton, TemplateContent } from '@postino/domain'
import { TemplateError } from '../language/template-error.ts'
import { truncateText } from '../filters/letters.ts'
import type { Region } from '../locale/region.ts'
import { hasVisibleText } from '../text/clean-text.ts'
import { singleLine } from '../text/tidy-lines.ts'
import { addressProblem } from '../text/web-address.ts'

/** Visible characters; about what a phone shows on the widest button. */
const MAX_LABEL_CHARS = 64

/** UTF-16 units (https://core.telegram.org/bots/api#copytextbutton). */
const MAX_COPY_CHARS = 256

/** A button before it is known which message it belongs to: an action says what a press of it reports. */
export type RenderedButton = LinkButton | CopyButton | { text: string; action: string }

/**
 * Renders rows of buttons. A button whose address, or what it copies, comes out empty is left out, and a row without buttons too: so an
 * optional address is written `{{ delivery.tracking_url | default("") }}`. A long text is cut. Throws a TemplateError
 * that names the button for any other address and for an empty text.
 */
export function renderButtons(
  rows: TemplateContent['buttons'],
  print: (source: string) => string,
  region: Region,
): RenderedButton[][] {
  const rendered = rows.map((row, rowIndex) =>
    row.flatMap((button, index) => {
      try {
        return renderButton(button, print, region)
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
        throw new TemplateError(`Button ${index + 1} of row ${rowIndex + 1}: ${error.message}`, undefined, {
          cause: error,
        })
      }
    }),
  )
  return rendered.filter((row) => row.length > 0)
}

function renderButton(
  button: TemplateContent['buttons'][number][number],
  print: (source: string) => string,
  region: Region,
): RenderedButton[] {
  if ('action' in button) return [{ text: renderLabel(button.text, print, region), action: button.action }]
  if ('copy' in button) return renderCopyButton(button, print, region)
  const url = print(button.url).trim()
  if (url === '') return []
  const problem = addressProblem(url)
  if (problem !== undefined) throw new TemplateError(problem)
  return [{ text: renderLabel(button.text, print, region), url }]
}

function renderCopyButton(
  button: { text: string; copy: string },
  print: (source: string) => string,
  region: Region,
): RenderedButton[] {
  const copy = print(button.copy).trim()
  if (copy === '') return []
  if (copy.length > MAX_COPY_CHARS)
    throw new TemplateError(`what it copies is longer than ${MAX_COPY_CHARS} characters`)
  return [{ text: renderLabel(button.text, print, region), copy }]
}

function renderLabel(source: string, print: (source: string) => string, region: Region): string {
  const label = truncateText(singleLine(print(source)), { maxChars: MAX_LABEL_CHARS, ending: '…' }, region)
  if (!hasVisibleText(label)) throw new TemplateError('its text is empty')
  return label
}
