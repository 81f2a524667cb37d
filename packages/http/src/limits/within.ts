/** Something took longer than we wait. It may still happen. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

/** The promise's result, or a TimeLimitError when it takes longer than `limitMs`; the work itself goes on. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimeLimitError(`no end within ${limitMs} ms`)), limitMs)
  try {
    return await Promise.race([promise, expired])
  } finally {
    clearTimeout(timer)
  }
}
