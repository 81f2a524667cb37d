import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'

/**
 * Where a request comes from. A header counts only when the operator names it: anybody else could write there what they like.
 * Of several addresses in it the last is the one that the operator's own proxy has added.
 */
export function visitorAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  header: string | undefined,
): string {
  const said = header === undefined ? undefined : headers[header.toLowerCase()]
  const last = (typeof said === 'string' ? said : (said?.join(',') ?? '')).split(',').at(-1)?.trim() ?? ''
  return isIP(last) > 0 ? last : (socket.remoteAddress ?? '')
}

/** Whom a limit counts together: an IPv4 address, or the 64 bits of IPv6 that one household or phone has to itself. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
