import { RefusedError } from '../errors.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { AcceptedOverRedis } from '../result.ts'
import { createConnection, MissingIoredisError, type RedisClient } from './redis-connection.ts'
import { type Answer, type Transport } from './transport.ts'

type RedisAnswer = Answer<AcceptedOverRedis>

/** Errors of Redis that pass: it starts, fails over, is full or busy. */
const AGAIN = /^(?:LOADING|BUSY|OOM|READONLY|MISCONF|NOREPLICAS|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|UNBLOCKED)\b/
const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/

/**
 * Events as entries of the shop's stream, `XADD postino:intake:<shop> * event <json>`, a batch as one pipeline.
 *
 * @throws TypeError at once when the url or the shop cannot be one; it does not repeat a password
 */
export function createRedisTransport({
  redis,
  shop,
}: {
  redis: string | RedisClient
  shop: string
}): Transport<AcceptedOverRedis> {
  if (!SLUG.test(shop)) throw new TypeError('shop must be the short name of the shop: a-z, 0-9 and -')
  const stream = `postino:intake:${shop}`
  const connection = createConnection(redis)

  async function send(events: readonly ReadEvent[], signal: AbortSignal): Promise<RedisAnswer[]> {
    const replies = await orAborted(xadd(events), signal).catch(async (error: unknown) => {
      // Whatever it is that does not answer: the next try does not wait behind it.
      await connection.close()
      throw error
    })
    return events.map(({ id }, index) => {
      const [error, entryId] = replies[index] ?? [new Error('Redis gave no answer')]
      if (error !== null) return answerTo(id, error)
      return { status: 'ended', result: { status: 'accepted', id, entryId: String(entryId) } }
    })
  }

  async function xadd(events: readonly ReadEvent[]): Promise<(readonly [Error | null, unknown?])[]> {
    try {
      const client = await connection.open()
      const pipeline = client.pipeline()
      for (const { json } of events) pipeline.xadd(stream, '*', 'event', json)
      return (await pipeline.exec()) ?? []
    } catch (error) {
      return events.map(() => [error instanceof Error ? error : new Error('the connection failed')])
    }
  }

  return { send, close: () => connection.close() }
}

/**
 * What Redis itself says of a command ends the matter, unless it passes; a connection that failed passes. Errors of ioredis
 * carry the command with its arguments, the password or the event among them: only their words go on.
 */
function answerTo(id: string, { name, message }: Error): RedisAnswer {
  const isFinal = name === 'ReplyError' ? !AGAIN.test(message) : name === MissingIoredisError.name
  if (!isFinal)
    return { status: 'again', trouble: { reason: message === '' ? 'the connection failed' : message } }
  const error = new RefusedError(`Redis did not take the event: ${message}`, { eventId: id })
  return { status: 'ended', result: { status: 'failed', id, error } }
}

async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
