export type Outcome<T> =
  | { status: 'done'; value: T }
  | { status: 'failed'; error: unknown }
  /** `error` says how long was waited. */
  | { status: 'late'; error: Error }

/** What became of `work` within `limitMs`. When it was late it goes on running, and its later failure is nobody's. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<Outcome<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Outcome<T>>()
  const timer = setTimeout(
    () => resolve({ status: 'late', error: new Error(`no answer within ${Math.round(limitMs)} ms`) }),
    Math.max(0, limitMs),
  )
  const ended = work.then(
    (value): Outcome<T> => ({ status: 'done', value }),
    (error: unknown): Outcome<T> => ({ status: 'failed', error }),
  )
  try {
    return await Promise.race([ended, late])
  } finally {
    clearTimeout(timer)
  }
}
