import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { hostAndPortOf } from './allowed-hosts.ts'
import { isPublicAddress } from './is-public-address.ts'

/** All addresses of a name. Rejects when there are none. */
export type Resolve = (hostname: string) => Promise<string[]>

export interface TargetSettings {
  /** Exact `host:port` that may be private, have any port and speak plain http; as `parseAllowedHosts` answers them. */
  allowedHosts: readonly string[]
  /** Plain http to public hosts as well. Default false. */
  allowHttp?: boolean
  /** For tests. Default: the name servers of this machine. */
  resolve?: Resolve
}

export interface Target {
  url: URL
  /** Checked, all of them: no other address may be connected to. */
  addresses: string[]
}

export type TargetRefusal =
  /** No URL, another scheme, another port, or user information. */
  | 'url_not_allowed'
  /** Leads into a private network, or may do so. */
  | 'address_not_public'
  | 'name_not_found'

/**
 * Where a request to this URL goes, if it may be made: https, a usual port and public addresses only. The URL standard has
 * by now turned every spelling of an address (`2130706433`, `0x7f.1`, `127.1`) into the usual one.
 */
export async function findTarget(
  address: string,
  settings: TargetSettings,
): Promise<Target | { refusal: TargetRefusal }> {
  const url = URL.parse(address)
  if (url === null || !isWeb(url) || url.username !== '' || url.password !== '') {
    return { refusal: 'url_not_allowed' }
  }
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isAllowed = settings.allowedHosts.includes(hostAndPortOf(url))
  // Only the usual port of the scheme is left out of a normalised URL.
  const isUsual = url.port === '' && (url.protocol === 'https:' || settings.allowHttp === true)
  if (!isAllowed && !isUsual) return { refusal: 'url_not_allowed' }

  const resolve = settings.resolve ?? (isAllowed ? resolveAsThisMachine : resolveByNameServers)
  const addresses = isIP(hostname) === 0 ? await resolve(hostname).catch(() => []) : [hostname]
  if (addresses.length === 0) return { refusal: 'name_not_found' }
  // One private address among them is enough: who can choose the answers could choose which one comes first.
  if (!isAllowed && !addresses.every(isPublicAddress)) return { refusal: 'address_not_public' }
  return { url, addresses }
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** An operator's own host may stand in the hosts file. */
async function resolveAsThisMachine(hostname: string): Promise<string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/**
 * Names that others chose. `lookup` has four threads for the whole process, which a few slow name servers would take from
 * everybody; and the hosts file of this machine is nothing for strangers.
 */
async function resolveByNameServers(hostname: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 1_500, tries: 2 })
  const families = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  return families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []))
}
