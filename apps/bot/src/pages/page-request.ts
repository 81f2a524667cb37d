import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { visitorAddress } from './limits/visitor-address.ts'

/** A visitor's request, as far as pages need it. */
export interface PageRequest {
  /** Goes into the evidence of what is decided here, and into the log. */
  id: string
  /** As it stands in the address, with its escapes. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Scheme and host under which the visitor sees us. */
  origin: string
  address: string
  /** What was sent, by POST. */
  form: URLSearchParams | undefined
}

export interface PageAnswer {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

export interface PageRequestOptions {
  /** Where everybody finds us; undefined on a machine of one's own, where the request says it. */
  publicOrigin: string | undefined
  /** The header in which the operator's proxy names the visitor's address. */
  addressHeader: string | undefined
}

export function createPageRequest(message: IncomingMessage, options: PageRequestOptions): PageRequest {
  const { headers, url = '' } = message
  const [path = ''] = url.split('?', 1)
  return {
    id: randomUUID(),
    path,
    query: new URLSearchParams(url.slice(path.length)),
    headers,
    origin: options.publicOrigin ?? `http://${headers.host ?? 'localhost'}`,
    address: visitorAddress(message, options.addressHeader),
    form: undefined,
  }
}

/**
 * Whether the request comes from one of our own pages: undefined when the browser does not say. Those of today always do, and no
 * page can make them lie.
 */
export function isFromOurPage({ headers, origin }: PageRequest): boolean | undefined {
  const site = headers['sec-fetch-site']
  // `none`: sent anew by the person, as with a reload of a page that is no more in memory.
  if (typeof site === 'string') return site === 'same-origin' || site === 'none'
  return headers.origin === undefined ? undefined : headers.origin === origin
}
