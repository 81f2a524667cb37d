export { checkHtml, visibleLength } from './html/html-check.ts'
export type { HtmlCheck } from './html/html-check.ts'
export { createRenderer, MAX_HTML_BYTES, MAX_TEXT_CHARS } from './render-message.ts'
export type { Renderer, RenderContext, RenderResult } from './render-message.ts'
