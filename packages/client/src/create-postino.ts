import { ClosedError, ConflictError, InvalidEventError, OverloadedError } from './errors.ts'
import { readEvent } from './event/read-event.ts'
import { createOutbox } from './line/create-outbox.ts'
import type { Accepted, AcceptedOverHttp, AcceptedOverRedis, NotAccepted, SendResult } from './result.ts'
import { readSettings, type HttpSettings, type PostinoSettings, type RedisSettings } from './settings.ts'
import type { ShopEvent } from './shop-event.ts'
import { createHttpTransport } from './transport/http-transport.ts'
import { createRedisTransport } from './transport/redis-transport.ts'
import type { Transport } from './transport/transport.ts'

export interface SendOptions {
  /** Ends the waiting, with the signal's reason. An event that is under way may arrive all the same. */
  signal?: AbortSignal | undefined
}

/** A way to report events to Postino. One is enough for a process; it is made to be shared. */
export interface Postino<Kind extends Accepted = Accepted> extends AsyncDisposable {
  /**
   * Reports one event. It is read at once; changing it later changes nothing.
   *
   * @returns when Postino has accepted it
   * @throws InvalidEventError, ConflictError: mend the event; RefusedError: mend the settings; UnavailableError,
   *   OverloadedError, ClosedError: send it again, under its id; the reason of the signal
   */
  send(event: ShopEvent, options?: SendOptions): Promise<Kind>
  /**
   * Reports many events, any number of them. Never rejects.
   *
   * @returns what became of each, in their order
   */
  sendBatch(events: readonly ShopEvent[], options?: SendOptions): Promise<SendResult<Kind>[]>
  /** Resolves when there is room for another event: what a loop awaits that does not await each `send`. */
  ready(): Promise<void>
  /** Resolves when all that is pending now has ended, well or not. */
  flush(): Promise<void>
  /** Takes nothing more, waits for what is pending, and ends connections. After `withinMs` what is left fails with `ClosedError`. */
  close(options?: { withinMs?: number | undefined }): Promise<void>
  /** What is with the client, waiting or under way: for metrics. */
  readonly pending: { events: number; bytes: number }
}

/**
 * A client over HTTP (`url`, `apiKey`) or Redis (`redis`, `shop`). Nothing is connected before the first event.
 *
 * @throws TypeError, RangeError for settings that make no sense
 */
export function createPostino(settings: HttpSettings): Postino<AcceptedOverHttp>
export function createPostino(settings: RedisSettings): Postino<AcceptedOverRedis>
export function createPostino(settings: PostinoSettings): Postino
export function createPostino(settings: PostinoSettings): Postino {
  return isOverRedis(settings)
    ? createOn(createRedisTransport(settings), settings)
    : createOn(createHttpTransport(settings), settings)
}

function isOverRedis(settings: PostinoSettings): settings is RedisSettings {
  return 'redis' in settings && settings.redis !== undefined
}

function createOn<Kind extends Accepted>(transport: Transport<Kind>, given: PostinoSettings): Postino<Kind> {
  const settings = readSettings(given)
  const outbox = createOutbox({ transport, settings, nowMs: () => performance.now() })
  const { pending } = outbox
  let closing: Promise<void> | undefined

  /** Whatever comes of it, as a result. */
  async function hand(shopEvent: ShopEvent, { signal }: SendOptions): Promise<SendResult<Kind>> {
    const reading = readEvent(shopEvent)
    if (reading.status === 'invalid') return reading
    const { event } = reading
    const fail = (error: Error): NotAccepted => ({ status: 'failed', id: event.id, error })
    if (signal?.aborted === true) return fail(reasonOf(signal))
    if (closing !== undefined) return fail(new ClosedError('The client is closed.', { eventId: event.id }))
    if (settings.onFull === 'reject' && pending.isFull()) {
      return fail(new OverloadedError('Too many events are pending.', { eventId: event.id }))
    }
    const entry = outbox.add(event)
    if (signal === undefined) return await entry.result
    const drop = () => outbox.drop(entry, reasonOf(signal))
    signal.addEventListener('abort', drop, { once: true })
    return await entry.result.finally(() => signal.removeEventListener('abort', drop))
  }

  async function send(event: ShopEvent, options: SendOptions = {}): Promise<Kind> {
    const result = await hand(event, options)
    if (result.status === 'accepted') return result
    throw errorOf(result)
  }

  async function sendBatch(
    events: readonly ShopEvent[],
    options: SendOptions = {},
  ): Promise<SendResult<Kind>[]> {
    const results: Promise<SendResult<Kind>>[] = []
    for (const event of events) {
      if (settings.onFull === 'wait' && pending.isFull()) await pending.whenRoom()
      results.push(hand(event, options))
    }
    return await Promise.all(results)
  }

  function close({
    withinMs = settings.closeWithinMs,
  }: { withinMs?: number | undefined } = {}): Promise<void> {
    closing ??= outbox.close(withinMs)
    return closing
  }

  return {
    send,
    sendBatch,
    ready: () => pending.whenRoom(),
    flush: () => outbox.flush(),
    close,
    get pending() {
      return pending.size()
    },
    [Symbol.asyncDispose]: () => close(),
  }
}

function errorOf(result: NotAccepted): Error {
  switch (result.status) {
    case 'invalid': {
      const [first, ...others] = result.issues
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`
      const message = `The event is not valid: ${first?.detail ?? 'no reason was given'}${more}`
      return new InvalidEventError(message, { eventId: result.id, issues: result.issues })
    }
    case 'conflict': {
      const message = `The event ${result.id} was accepted before, saying something else. A new event needs a new id.`
      return new ConflictError(message, { eventId: result.id })
    }
    case 'failed':
      return result.error
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new DOMException(String(reason), 'AbortError')
}
