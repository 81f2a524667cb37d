import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

// Of IPv6 only this part is given out to the public (IANA, IPv6 Address Space).
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an address belongs to the open internet. In doubt it does not. */
export function isPublicAddress(address: string): boolean {
  // With a zone it is one of this machine's links.
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  // IPv4 inside IPv6 counts as what it leads to.
  const plain = ipaddr.process(address)
  if (plain.range() !== 'unicast') return false
  return !isIPv6(plain.toString()) || plain.match(PUBLIC_IPV6)
}
