/** What the client needs of ioredis; a `Redis` and a `Cluster` of it have it. */
export interface RedisClient {
  pipeline(): {
    xadd(key: string, id: string, field: string, value: string): unknown
    exec(): Promise<[Error | null, unknown][] | null>
  }
}

interface Connection {
  /** Connects if need be. */
  open(): Promise<RedisClient>
  /** Ends the connection; `open` would make another. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 5_000

/** A connection of its own for a URL, made by ioredis; a client that is given is used as it is, and left open. */
export function createConnection(redis: string | RedisClient): Connection {
  const isUrl = typeof redis === 'string' && /^rediss?:\/\//.test(redis) && URL.canParse(redis)
  if (isUrl) return connectTo(redis)
  if (typeof redis === 'object' && typeof redis.pipeline === 'function') {
    return { open: async () => redis, close: async () => undefined }
  }
  throw new TypeError('redis must be a URL, redis://user:password@host:port, or a client of ioredis')
}

export class MissingIoredisError extends Error {
  override readonly name = 'MissingIoredisError'
}

function connectTo(url: string): Connection {
  let created: ReturnType<typeof create> | undefined
  let connecting: Promise<void> | undefined

  async function open(): Promise<RedisClient> {
    created ??= create(url)
    const { client, connect } = await created
    if (client.status === 'ready') return client
    // Whoever retries is the one place that knows when; ioredis does not reconnect by itself.
    connecting ??= connect()
    try {
      await connecting
    } finally {
      connecting = undefined
    }
    return client
  }

  return {
    open,
    async close() {
      const leaving = created
      created = undefined
      connecting = undefined
      const client = await leaving?.then(
        (one) => one.client,
        () => undefined,
      )
      // Ending one that has ended would keep the process for two seconds more.
      if (client !== undefined && client.status !== 'end') client.disconnect()
    },
  }
}

async function create(url: string) {
  const Redis = await loadIoredis()
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    autoResendUnfulfilledCommands: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A user who may only write needs no more rights than these leave: AUTH and XADD.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    // After a fail-over the address may lead to another server.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  })
  // connect() says that it failed, and only this event why.
  let reason: Error | undefined
  client.on('error', (error) => (reason = error))
  return {
    client,
    connect: async () => {
      reason = undefined
      try {
        await client.connect()
      } catch (error) {
        throw reason ?? error
      }
    },
  }
}

async function loadIoredis() {
  try {
    return (await import('ioredis')).Redis
  } catch (cause) {
    throw new MissingIoredisError('its client is not installed: npm install ioredis', { cause })
  }
}
