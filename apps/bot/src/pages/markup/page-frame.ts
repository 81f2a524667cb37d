import { createHash } from 'node:crypto'
import type { OptinPageSettings } from '@postino/domain'
import type { PageAnswer } from '../page-request.ts'
import { TELEGRAM_LOGO } from './drawings.ts'
import { markup, ownMarkup, type Markup } from './markup.ts'
import { styleOf } from './style.ts'

export interface PageFrame {
  status?: number
  language: string
  title: string
  colors: Pick<OptinPageSettings, 'accent_color' | 'background_color'>
  header?: Markup
  main: Markup
  footer?: Markup
  /** The only other server from which the page shows something. */
  logoUrl?: string | undefined
  /** Where else than to us the page's forms lead. */
  formOrigin?: string | undefined
  headers?: Record<string, string>
}

/** A whole page with its headers: it runs nothing, loads nothing but the shop's logo, and stands in no other page. */
export function framePage(frame: PageFrame): PageAnswer {
  const style = styleOf(frame.colors)
  const body = markup`<!doctype html>
<html lang="${frame.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${frame.title}</title>
<link rel="icon" href="${ICON}">
<style>${ownMarkup(style)}</style>
${frame.header === undefined ? undefined : markup`<header>${frame.header}</header>`}
<main>${frame.main}</main>
${frame.footer === undefined ? undefined : markup`<footer>${frame.footer}</footer>`}
</html>`
  return {
    status: frame.status ?? 200,
    headers: { ...PAGE_HEADERS, 'content-security-policy': policyOf(frame, style), ...frame.headers },
    body: String(body),
  }
}

/** The same drawing as in the page: nothing more is asked for. */
const ICON = `data:image/svg+xml,${encodeURIComponent(String(TELEGRAM_LOGO).replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'))}`

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'browsing-topics=(), camera=(), geolocation=(), microphone=()',
  // To ourselves only: forms are to tell that they come from our page, and links that a page's address may be one person's.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

function policyOf({ logoUrl, formOrigin }: PageFrame, style: string): string {
  const logoOrigin = logoUrl === undefined ? undefined : URL.parse(logoUrl)?.origin
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    ['img-src data:', logoOrigin].filter(Boolean).join(' '),
    ["form-action 'self'", formOrigin].filter(Boolean).join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
