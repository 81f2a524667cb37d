/** Where Redis is. */
export type RedisAddress = { kind: 'server'; url: string } | ClusterAddress

export type ClusterAddress = {
  kind: 'cluster'
  /** Some of its nodes, from which the others are learnt. */
  nodes: { host: string; port: number }[]
  /** The same for all nodes. */
  username?: string
  password?: string
  isEncrypted: boolean
}

const DEFAULT_PORT = 6379

/**
 * What is wrong with a Redis URL; undefined when it is right. Words that such URLs are made of are avoided: whoever hides
 * what repeats a secret would hide the reason too.
 */
export function redisUrlProblem(url: string): string | undefined {
  try {
    parseRedisUrl(url)
    return undefined
  } catch (error) {
    if (error instanceof RedisUrlError) return error.message
    throw error
  }
}

/**
 * `redis://` and `rediss://` (TLS) name one server. `redis+cluster://` and `rediss+cluster://` name one node of a Redis
 * Cluster or several, with commas between: any that answers leads to all others.
 *
 * @throws RedisUrlError, whose message holds no part of the URL
 */
export function parseRedisUrl(url: string): RedisAddress {
  const [, scheme, rest = ''] = /^(rediss?(?:\+cluster)?):\/\/(.+)$/.exec(url) ?? []
  if (scheme === undefined) throw new RedisUrlError('it is no URL of a Redis')
  if (!scheme.endsWith('+cluster')) return parseServer(url, rest)
  // A password is written in percent code as far as it must be, but often with an @ all the same: the last one counts.
  const at = rest.lastIndexOf('@')
  const credentials = rest.slice(0, at + 1)
  const hosts = rest.slice(at + 1).replace(/\/$/, '')
  if (/[/?#]/.test(hosts)) {
    throw new RedisUrlError('nothing may follow its nodes: together they have one database, and no options')
  }
  const { username, password } = parseUrl(`redis://${credentials}host`)
  return {
    kind: 'cluster',
    nodes: hosts.split(',').map(parseNode),
    ...(username !== '' && { username: decode(username) }),
    ...(password !== '' && { password: decode(password) }),
    isEncrypted: scheme.startsWith('rediss'),
  }
}

class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError'
}

function parseServer(url: string, rest: string): RedisAddress {
  const hosts = rest.slice(rest.lastIndexOf('@') + 1)
  if (/^[^/?#]*,/.test(hosts)) throw new RedisUrlError('it names several servers under the scheme of one')
  if (/[?&]cluster\b/.test(hosts))
    throw new RedisUrlError('its scheme, and not a query, says whether there are several servers')
  if (parseUrl(url).hostname === '') throw new RedisUrlError('it names no host')
  return { kind: 'server', url }
}

function parseNode(text: string): { host: string; port: number } {
  const { hostname, port, pathname, username } = parseUrl(`redis://${text}`)
  if (hostname === '' || pathname !== '' || username !== '') {
    throw new RedisUrlError('one of its nodes is not a host and a port')
  }
  // Brackets belong to an IPv6 address in a URL only.
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? DEFAULT_PORT : Number(port) }
}

function parseUrl(text: string): URL {
  const parsed = URL.parse(text)
  if (parsed === null)
    throw new RedisUrlError('it cannot be read: its ports are numbers, and its password is in percent code')
  return parsed
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new RedisUrlError('a % in its name or password is written %25')
  }
}

/** The same place, for another user. The URL must be a right one. */
export function withCredentials(url: string, user: { username: string; password: string }): string {
  const [, scheme = '', rest = ''] = /^([^:]+:\/\/)(.+)$/.exec(url) ?? []
  const hosts = rest.slice(rest.lastIndexOf('@') + 1)
  return `${scheme}${encodeURIComponent(user.username)}:${encodeURIComponent(user.password)}@${hosts}`
}
