import { readAnswerHead, type AnswerHead } from './answer-head.ts'
import { createChunkedBody, type ChunkedBody } from './chunked-body.ts'
import type { RawAnswer } from './exchange.ts'

/** What has come of an answer so far. */
export type Reading =
  | { status: 'more' }
  /** `keepAliveMs`: how long the connection may be used for a next call; undefined when the peer does not say, 0 for not at all. */
  | { status: 'whole'; answer: RawAnswer; keepAliveMs: number | undefined }
  | { status: 'broken'; code: string }

/** Reads the answers on one connection, one after the other. */
export interface AnswerReader {
  take(bytes: Buffer): Reading
  /** The connection has ended: some bodies end so. */
  end(): Reading
  /** Of an answer that has begun; undefined before its head is whole. */
  head(): AnswerHead | undefined
}

const MORE: Reading = { status: 'more' }
const MAX_HEAD_BYTES = 16 * 1024
const NOTHING: Buffer = Buffer.alloc(0)

export function createAnswerReader(maxBodyBytes: number): AnswerReader {
  let head: AnswerHead | undefined
  let begun = NOTHING
  let parts: Buffer[] = []
  let sizeBytes = 0
  let chunked: ChunkedBody | undefined

  function broken(code: string): Reading {
    return { status: 'broken', code }
  }

  function whole(
    { httpStatus, retryAfterSeconds, keepAliveMs }: AnswerHead,
    body: string,
    rest = 0,
  ): Reading {
    head = undefined
    parts = []
    sizeBytes = 0
    chunked = undefined
    // What comes after an answer is the answer to nothing: such a connection is not used again.
    const kept = rest > 0 ? 0 : keepAliveMs
    return { status: 'whole', answer: { httpStatus, retryAfterSeconds, body }, keepAliveMs: kept }
  }

  function takeHead(bytes: Buffer): Reading {
    const all = begun.length === 0 ? bytes : Buffer.concat([begun, bytes])
    const headEnd = all.indexOf('\r\n\r\n')
    if (headEnd === -1 || headEnd > MAX_HEAD_BYTES) {
      begun = all
      return all.length > MAX_HEAD_BYTES ? broken('HEAD_TOO_LARGE') : MORE
    }
    begun = NOTHING
    const read = readAnswerHead(all.toString('latin1', 0, headEnd))
    if (read === undefined) return broken('MALFORMED')
    const bodyBegin = headEnd + 4
    if (read.httpStatus < 200) return takeInterim(read, all.subarray(bodyBegin))
    // Nearly every answer comes in one piece.
    const { bodyEnds } = read
    if (bodyEnds === all.length - bodyBegin && bodyEnds <= maxBodyBytes) {
      return whole(read, all.toString('utf8', bodyBegin))
    }
    head = read
    return takeBody(read, all.subarray(bodyBegin))
  }

  /** Before the answer itself; 100 and 101 answer what was not asked. */
  function takeInterim({ httpStatus }: AnswerHead, rest: Buffer): Reading {
    if (httpStatus <= 101) return broken('MALFORMED')
    return rest.length === 0 ? MORE : takeHead(rest)
  }

  function takeBody(of: AnswerHead, bytes: Buffer): Reading {
    sizeBytes += bytes.length
    if (sizeBytes > maxBodyBytes) return broken('ANSWER_TOO_LARGE')
    if (of.bodyEnds === 'with_last_chunk') return takeChunks(of, bytes)
    parts.push(bytes)
    if (of.bodyEnds === 'with_connection' || sizeBytes < of.bodyEnds) return MORE
    const body = Buffer.concat(parts).toString('utf8', 0, of.bodyEnds)
    return whole(of, body, sizeBytes - of.bodyEnds)
  }

  function takeChunks(of: AnswerHead, bytes: Buffer): Reading {
    chunked ??= createChunkedBody()
    const taken = chunked.take(bytes)
    if (taken.status === 'malformed') return broken('MALFORMED')
    if (taken.status === 'more') return MORE
    return whole(of, Buffer.concat(chunked.parts).toString('utf8'), taken.rest.length)
  }

  return {
    take: (bytes) => (head === undefined ? takeHead(bytes) : takeBody(head, bytes)),
    end() {
      if (head?.bodyEnds !== 'with_connection') return broken('CONNECTION_CLOSED')
      return whole({ ...head, keepAliveMs: 0 }, Buffer.concat(parts).toString('utf8'))
    },
    head: () => head,
  }
}
