export { renderExportHtml } from './render-export-html.ts'
