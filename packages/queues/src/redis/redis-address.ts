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
const FORMS = 'redis://host:port, or for a Redis Cluster redis+cluster://host:port,host:port'

/** What is wrong with a Redis URL, in a sentence without any part of it that may be secret; undefined when it is right. */
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
  if (scheme === undefined) throw new RedisUrlError(`it is no Redis URL: ${FORMS}`)
  if (!scheme.endsWith('+cluster')) return parseServer(url, rest)
  // A password is written in percent code as far as it must be, but often with an @ all the same: the last one counts.
  const at = rest.lastIndexOf('@')
  const credentials = rest.slice(0, at + 1)
  const hosts = rest.slice(at + 1).replace(/\/$/, '')
  if (/[/?#]/.test(hosts)) {
    throw new RedisUrlError(
      'behind the nodes of a cluster nothing may follow: it has one database and no options',
    )
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
  if (/^[^/?#]*,/.test(hosts)) throw new RedisUrlError(`it names several servers; ${FORMS}`)
  if (/[?&]cluster\b/.test(hosts)) throw new RedisUrlError(`the scheme says what is a cluster: ${FORMS}`)
  if (parseUrl(url).hostname === '') throw new RedisUrlError(`it names no host: ${FORMS}`)
  return { kind: 'server', url }
}

function parseNode(text: string): { host: string; port: number } {
  const { hostname, port, pathname, username } = parseUrl(`redis://${text}`)
  if (hostname === '' || pathname !== '' || username !== '') {
    throw new RedisUrlError(`a node of the cluster is not host:port; ${FORMS}`)
  }
  // Brackets belong to an IPv6 address in a URL only.
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? DEFAULT_PORT : Number(port) }
}

function parseUrl(text: string): URL {
  const parsed = URL.parse(text)
  if (parsed === null) throw new RedisUrlError(`it cannot be read; ${FORMS}`)
  return parsed
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new RedisUrlError('a % in its name or password is written %25')
  }
}
