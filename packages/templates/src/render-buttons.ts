import type { LinkButton, TemplateContent } from '@postino/domain'
import { TemplateError } from './engine/template-error.ts'
import { truncateText } from './filters/letters.ts'
import type { Region } from './locale/region.ts'
import { hasVisibleText } from './text/clean-text.ts'
import { singleLine } from './text/tidy-lines.ts'
import { addressProblem } from './text/web-address.ts'

/** Visible characters; about what a phone shows on the widest button. */
const MAX_LABEL_CHARS = 64

/**
 * Renders rows of buttons. A button whose address comes out empty is left out, and a row without buttons too: so an
 * optional address is written `{{ delivery.tracking_url | default("") }}`. A long text is cut. Throws a TemplateError
 * that names the button for any other address and for an empty text.
 */
export function renderButtons(
  rows: TemplateContent['buttons'],
  print: (source: string) => string,
  region: Region,
): LinkButton[][] {
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

function renderButton(button: LinkButton, print: (source: string) => string, region: Region): LinkButton[] {
  const url = print(button.url).trim()
  if (url === '') return []
  const problem = addressProblem(url)
  if (problem !== undefined) throw new TemplateError(problem)
  const text = truncateText(
    singleLine(print(button.text)),
    { maxChars: MAX_LABEL_CHARS, ending: '…' },
    region,
  )
  if (!hasVisibleText(text)) throw new TemplateError('its text is empty')
  return [{ text, url }]
}
