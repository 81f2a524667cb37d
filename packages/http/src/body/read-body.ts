import type { IncomingMessage } from 'node:http'
import type { Shares } from '../limits/shares.ts'
import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'
import { tooLarge, tooMuchWaiting } from '../problem/refusals.ts'

export interface BodyReading {
  request: IncomingMessage
  shopId: string
  limitBytes: number
  /** A sentence that follows when the body is too large: what else there is to know of sizes. */
  sizeHint?: string
  /** Counts what all requests hold together; the reader takes, the caller of `release` gives back. */
  shares: Shares
}

export interface ReadBody {
  bytes: Buffer
  release(): void
}

/**
 * Reads a body to its end within its limit and the shop's share of memory. Ends with a problem when either is passed;
 * nothing stays taken then. What was not read by then is the server's to discard.
 */
export async function readBody(reading: BodyReading): Promise<ReadBody> {
  const { request, shopId, limitBytes, sizeHint, shares } = reading
  if (Number(request.headers['content-length']) > limitBytes) throw tooLarge(limitBytes, sizeHint)
  const chunks: Buffer[] = []
  let heldBytes = 0

  function hold(chunk: unknown): void {
    const bytes = toBuffer(chunk)
    if (heldBytes + bytes.length > limitBytes) throw tooLarge(limitBytes, sizeHint)
    const taking = shares.take(shopId, bytes.length)
    if (taking !== 'taken') throw tooMuchWaiting(taking)
    heldBytes += bytes.length
    chunks.push(bytes)
  }

  const release = (): void => shares.giveBack(shopId, heldBytes)
  try {
    await readChunks(request, hold)
  } catch (error) {
    release()
    throw error instanceof ProblemError ? error : brokenOff(error)
  }
  const [first] = chunks
  return { bytes: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks), release }
}

/**
 * Gives each chunk away, until one is not taken: the rest is left where it is. By its events, as an iterator costs ten times as
 * much; neither may destroy the stream, and with it the socket the answer has to leave by.
 */
function readChunks(request: IncomingMessage, take: (chunk: unknown) => void): Promise<void> {
  // Whoever went away while nobody read is not told of again.
  if (request.destroyed) return Promise.reject(request.errored ?? new Error('the request is over'))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  function leave(): void {
    request.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose)
  }
  function onData(chunk: unknown): void {
    try {
      take(chunk)
    } catch (error) {
      leave()
      request.pause()
      reject(error)
    }
  }
  function onEnd(): void {
    leave()
    resolve()
  }
  function onClose(): void {
    leave()
    reject(request.errored ?? new Error('the request is over'))
  }
  request.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose)
  return promise
}

function toBuffer(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
}

function brokenOff(cause: unknown): ProblemError {
  return new ProblemError(PROBLEMS['bad-request'], { detail: 'The body broke off before its end.', cause })
}
