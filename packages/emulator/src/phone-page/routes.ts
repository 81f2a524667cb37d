import type { IncomingMessage, ServerResponse } from 'node:http'
import { loadAssets, type Asset, type Assets } from './assets.ts'

/**
 * Everything comes from this server, scripts and styles from files alone, and no string ever becomes markup. Links may
 * lead anywhere; nothing may frame the page.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
}

/** The page itself; what the address says is read in the browser. */
const PAGE_PATHS = new Set(['/', '/open'])
const ASSET_PREFIX = '/phone/'

/** The files of a running process do not change, so they are read when first asked for, once. */
let loadedAssets: Promise<Assets> | undefined

/**
 * Serves the phone page: `/`, `/open` and `/phone/*`. Resolves to `false`, with nothing written, for any other path.
 */
export async function servePhonePage(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const isPage = PAGE_PATHS.has(path)
  if (!isPage && !path.startsWith(ASSET_PREFIX)) return false

  loadedAssets ??= loadAssets()
  const assets = await loadedAssets
  const asset = isPage ? assets.page : assets.files.get(path.slice(ASSET_PREFIX.length))
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...HEADERS, allow: 'GET, HEAD' }).end()
  } else if (asset === undefined) {
    response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
  } else {
    sendAsset(request, response, asset)
  }
  return true
}

function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  const headers = { ...HEADERS, etag: asset.etag }
  if (request.headers['if-none-match'] === asset.etag) {
    response.writeHead(304, headers).end()
    return
  }
  const { contentType, body } = asset
  response.writeHead(200, { ...headers, 'content-type': contentType, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
