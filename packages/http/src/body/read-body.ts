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

  function hold(bytes: number): void {
    const taking = shares.take(shopId, bytes)
    if (taking !== 'taken') throw tooMuchWaiting(taking)
    heldBytes += bytes
  }

  const release = (): void => shares.giveBack(shopId, heldBytes)
  try {
    // An iterator that is left early would destroy the stream, and with it the socket the answer has to leave by.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = toBuffer(chunk)
      if (heldBytes + bytes.length > limitBytes) throw tooLarge(limitBytes, sizeHint)
      hold(bytes.length)
      chunks.push(bytes)
    }
  } catch (error) {
    release()
    throw error instanceof ProblemError ? error : brokenOff(error)
  }
  return { bytes: Buffer.concat(chunks), release }
}

function toBuffer(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
}

function brokenOff(cause: unknown): ProblemError {
  return new ProblemError(PROBLEMS['bad-request'], { detail: 'The body broke off before its end.', cause })
}
