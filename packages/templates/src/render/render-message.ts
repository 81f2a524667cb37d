import { contentProblem, type FileToPlace, type TemplateContent } from '@postino/domain'
import type { CompiledTemplate } from '../engine/compile-template.ts'
import { createTemplateCompiler } from '../engine/compile-template.ts'
import { TemplateError } from '../language/template-error.ts'
import type { FilterScope } from '../filters/filter.ts'
import { checkHtml } from '../markup/html-check.ts'
import { createRegions } from '../locale/region.ts'
import { renderButtons, type RenderedButton } from './render-buttons.ts'
import { renderMedia } from './render-media.ts'
import { hasVisibleText } from '../text/clean-text.ts'
import { tidyLines } from '../text/tidy-lines.ts'

export interface RenderContext {
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
  html: string
  buttons: RenderedButton[][]
  media: FileToPlace[]
  silent: boolean
  protect: boolean
}

/**
 * `too_long` and `empty_text` are Telegram's limits, `template_failed` is everything else. The detail is for the shop:
 * it names fields, lines, buttons and files, never values of the event.
 */
export type RenderResult =
  | { status: 'rendered'; content: RenderedContent }
  | { status: 'failed'; reason: 'template_failed' | 'too_long' | 'empty_text'; detail: string }

/** Of the text people see, in UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
const MAX_TEXT_CHARS = 4096

/** Of the text with its tags and entities: the Bot API server takes no longer parameter. */
const MAX_HTML_BYTES = 32_768

export type Renderer = (content: TemplateContent, context: RenderContext) => RenderResult

/**
 * Makes a renderer, which keeps compiled templates and formats; one for a process is enough. Rendering reads nothing but
 * its arguments, and gives the same for the same ones.
 */
export function createRenderer(): Renderer {
  const compile = createTemplateCompiler()
  const regionOf = createRegions()
  return (content, context) => {
    const scope: FilterScope = { region: regionOf(context.locale, context.timeZone), nowMs: context.nowMs }
    try {
      return render(content, context.data, { compile, scope })
    } catch (error) {
      if (error instanceof TemplateError) return failed('template_failed', error.message)
      throw error
    }
  }
}

interface Rendering {
  compile: (source: string) => CompiledTemplate
  scope: FilterScope
}

function render(
  content: TemplateContent,
  data: RenderContext['data'],
  { compile, scope }: Rendering,
): RenderResult {
  const problem = contentProblem(content)
  if (problem !== undefined) return failed('template_failed', problem)
  const html = tidyLines(compile(content.text)(data, scope, 'html'))
  if (Buffer.byteLength(html) > MAX_HTML_BYTES)
    return failed('too_long', `the text takes more than ${MAX_HTML_BYTES} bytes`)
  const check = checkHtml(html)
  if (check.status === 'invalid')
    return failed('template_failed', `the text does not suit Telegram: ${check.detail}`)
  const { length } = check.text
  if (length > MAX_TEXT_CHARS)
    return failed('too_long', `the text has ${length} characters, ${MAX_TEXT_CHARS} are allowed`)
  if (!hasVisibleText(check.text)) return failed('empty_text', 'nothing visible is left of the text')
  const print = (source: string) => compile(source)(data, scope, 'plain')
  const buttons = renderButtons(content.buttons, print, scope.region)
  const media = renderMedia(content.media ?? [], print)
  const { silent, protect = false } = content
  return { status: 'rendered', content: { html, buttons, media, silent, protect } }
}

function failed(reason: 'template_failed' | 'too_long' | 'empty_text', detail: string): RenderResult {
  return { status: 'failed', reason, detail }
}
