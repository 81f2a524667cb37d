import { contentProblem, type FileToPlace, isEventKind, type TemplateContent } from '@postino/domain'
import { createBudget } from '../filters/budget.ts'
import { TemplateError } from '../language/template-error.ts'
import { checkHtml } from '../markup/html-check.ts'
import { createRegions } from '../locale/region.ts'
import type { RunContext } from '../run/run-template.ts'
import type { OutputKind } from '../run/template-run.ts'
import { createSourceLoader } from './load-source.ts'
import { renderButtons, type RenderedButton } from './render-buttons.ts'
import { renderMedia } from './render-media.ts'
import { hasVisibleText } from '../text/clean-text.ts'
import { singleLine, tidyLines } from '../text/tidy-lines.ts'

export interface RenderContext {
  /** Of the event: it decides which fields there are. */
  kind: string
  /** What templates read: the fields of event.data, `contact` and `shop`, as JSON holds them. */
  data: Readonly<Record<string, unknown>>
  /** BCP 47, of the template's language: it decides words and formats. Unknown ones count as English. */
  locale: string
  /** IANA, of the reader. Unknown ones count as UTC. */
  timeZone: string
  nowMs: number
}

/** What a template comes to for one event, whichever message it becomes and whatever its shop attaches. */
export interface RenderedContent {
  /** May be longer than Telegram takes: it is cut when it is known what stands under it. */
  html: string
  /** One line of plain text that goes first; what it belongs to is hidden below it. */
  preview?: string
  buttons: RenderedButton[][]
  media: FileToPlace[]
  silent: boolean
  protect: boolean
}

/**
 * `empty_text` is Telegram's limit, `template_failed` is everything else. The detail is for the shop:
 * it names fields, lines, buttons and files, never values of the event.
 */
export type RenderResult =
  | { status: 'rendered'; content: RenderedContent }
  | { status: 'failed'; reason: 'template_failed' | 'empty_text'; detail: string }

export type Renderer = (content: TemplateContent, context: RenderContext) => RenderResult

/**
 * Makes a renderer, which keeps templates it has read and checked, and formats; one for a process is enough. Rendering reads
 * nothing but its arguments, and gives the same for the same ones.
 */
export function createRenderer(): Renderer {
  const load = createSourceLoader()
  const regionOf = createRegions()
  return (content, { kind, data, locale, timeZone, nowMs }) => {
    if (!isEventKind(kind)) return failed('template_failed', 'there is no event of this kind')
    const context: RunContext = { data, region: regionOf(locale, timeZone), nowMs, budget: createBudget() }
    const print = (source: string, output: OutputKind) => load(source, kind, output)(context, output)
    try {
      return render(content, print, context)
    } catch (error) {
      if (error instanceof TemplateError) return failed('template_failed', error.message)
      throw error
    }
  }
}

function render(
  content: TemplateContent,
  print: (source: string, output: OutputKind) => string,
  { region }: RunContext,
): RenderResult {
  const problem = contentProblem(content)
  if (problem !== undefined) return failed('template_failed', problem)
  const html = tidyLines(print(content.text, 'html'))
  const check = checkHtml(html)
  if (check.status === 'invalid')
    return failed('template_failed', `the text does not suit Telegram: ${check.detail}`)
  if (!hasVisibleText(check.text)) return failed('empty_text', 'nothing visible is left of the text')
  const printPlain = (source: string) => print(source, 'plain')
  const buttons = renderButtons(content.buttons, printPlain, region)
  const media = renderMedia(content.media ?? [], printPlain)
  const preview = content.preview === undefined ? undefined : singleLine(printPlain(content.preview))
  const { silent, protect = false } = content
  return { status: 'rendered', content: { html, preview, buttons, media, silent, protect } }
}

function failed(reason: 'template_failed' | 'empty_text', detail: string): RenderResult {
  return { status: 'failed', reason, detail }
}
