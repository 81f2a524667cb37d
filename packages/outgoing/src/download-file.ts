import { startPace, type Pace, type PaceLimits } from './pace.ts'
import { requestTarget, type Answer } from './request-target.ts'
import { findTarget, type TargetRefusal, type TargetSettings } from './target.ts'
import { createTemporaryFile, DiskError, type TemporaryFile } from './temporary-file.ts'

/** `connectTimeoutMs` is for one connection, names excluded. */
type Limits = PaceLimits & { connectTimeoutMs: number }

export type DownloadSettings = TargetSettings & Partial<Limits>

export type DownloadFailure =
  | TargetRefusal
  | 'unreachable'
  | 'timed_out'
  /** Anything but 200; redirects are not followed. */
  | 'other_status'
  /** Nobody asked for compression, and nobody can say how large it gets. */
  | 'compressed'
  | 'too_large'
  | 'empty'
  /** Cut off, or no HTTP. */
  | 'broken_answer'
  | 'aborted'

export type DownloadResult =
  | { status: 'downloaded'; file: TemporaryFile; contentType: string | undefined }
  | { status: 'failed'; reason: DownloadFailure }

/**
 * Downloads a file whose address somebody else chose. What the other side answered is in no result and no error.
 *
 * @throws {DiskError} when this machine cannot keep it
 */
export type DownloadFile = (
  address: string,
  options: { maxBytes: number; signal?: AbortSignal },
) => Promise<DownloadResult>

// 5 s to connect, 10 s in all, and as much more as the bytes may take at a rate of 4 Mbit/s.
const LIMITS: Limits = { connectTimeoutMs: 5_000, totalTimeoutMs: 10_000, leastBytesPerSecond: 500_000 }

export function createDownloadFile(settings: DownloadSettings): DownloadFile {
  const limits = { ...LIMITS, ...settings }

  return async function downloadFile(address, { maxBytes, signal }) {
    using pace = startPace(limits, signal)
    let hasAnswered = false
    try {
      pace.signal.throwIfAborted()
      const target = await unlessAborted(findTarget(address, settings), pace.signal)
      if ('refusal' in target) return failed(target.refusal)
      const { connectTimeoutMs } = limits
      await using answer = await requestTarget(target, { connectTimeoutMs, signal: pace.signal })
      hasAnswered = true
      const refusal = refusalOf(answer, maxBytes)
      return refusal === undefined ? await keep(answer, { maxBytes, pace }) : failed(refusal)
    } catch (error) {
      if (error instanceof DiskError) throw error
      if (pace.hasTimedOut() || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') return failed('timed_out')
      if (signal?.aborted === true) return failed('aborted')
      return failed(hasAnswered ? 'broken_answer' : 'unreachable')
    }
  }
}

function failed(reason: DownloadFailure): DownloadResult {
  return { status: 'failed', reason }
}

/** Names are asked for by the system, which cannot be interrupted everywhere. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(new Error('aborted'))
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function refusalOf({ httpStatus, headers }: Answer, maxBytes: number): DownloadFailure | undefined {
  if (httpStatus !== 200) return 'other_status'
  const { 'content-encoding': encoding = 'identity', 'content-length': length } = headers
  if (encoding !== 'identity') return 'compressed'
  return Number(length) > maxBytes ? 'too_large' : undefined
}

async function keep(
  { headers, body }: Answer,
  { maxBytes, pace }: { maxBytes: number; pace: Pace },
): Promise<DownloadResult> {
  const file = await createTemporaryFile()
  let isKept = false
  try {
    for await (const chunk of body) {
      // Whatever the length said.
      if (file.sizeBytes + chunk.length > maxBytes) return failed('too_large')
      await file.append(chunk)
      pace.received(chunk.length)
    }
    if (file.sizeBytes === 0) return failed('empty')
    isKept = true
    const { 'content-type': contentType } = headers
    return {
      status: 'downloaded',
      file,
      contentType: typeof contentType === 'string' ? contentType : undefined,
    }
  } finally {
    if (!isKept) await file[Symbol.asyncDispose]()
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
