import type { LookupFunction } from 'node:net'
import { isIPv6 } from 'node:net'
import { Client } from 'undici'
import type { Target } from './target.ts'

export interface Answer extends AsyncDisposable {
  httpStatus: number
  headers: Record<string, string | string[] | undefined>
  /** As it comes: nothing is unpacked. */
  body: AsyncIterable<Uint8Array>
}

/**
 * Asks for what is at a target, over a connection of its own to one of the addresses that were checked. Redirects are
 * answers like any other.
 */
export async function requestTarget(
  { url, addresses }: Target,
  { connectTimeoutMs, signal }: { connectTimeoutMs: number; signal: AbortSignal },
): Promise<Answer> {
  const client = new Client(url.origin, {
    allowH2: false,
    // undici asks no lookup for an address in the URL itself: that one was checked as it stands.
    connect: { timeout: connectTimeoutMs, lookup: lookupAmong(addresses) },
    // The caller's signal watches over the whole.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Postino' },
      signal,
    })
    return { httpStatus: statusCode, headers, body, [Symbol.asyncDispose]: () => client.destroy() }
  } catch (error) {
    await client.destroy()
    throw error
  }
}

/** Names are not asked for a second time: the answer might be another one. */
function lookupAmong(addresses: string[]): LookupFunction {
  const checked = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_hostname, options, callback) => {
    if (options.all === true) return callback(null, checked)
    const [first] = checked
    return callback(null, first?.address ?? '', first?.family)
  }
}
