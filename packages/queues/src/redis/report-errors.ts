/** The same message is passed on at most once in this time: a dead Redis refuses several connections twice a second. */
const REPEAT_AFTER_MS = 10_000
const MESSAGES_REMEMBERED = 100

/** Passes errors on to `onError`, stripped of what they must not carry, and not the same one over and over. */
export function createErrorReporter(onError: (error: Error) => void): (error: unknown) => void {
  const reportedAtMs = new Map<string, number>()
  return function report(thrown) {
    const error = withoutCommand(thrown)
    const nowMs = performance.now()
    if (nowMs - (reportedAtMs.get(error.message) ?? -Infinity) < REPEAT_AFTER_MS) return
    if (reportedAtMs.size >= MESSAGES_REMEMBERED) reportedAtMs.clear()
    reportedAtMs.set(error.message, nowMs)
    onError(error)
  }
}

/**
 * ioredis hangs the failed command on its errors, arguments and all: for AUTH or HELLO that is the password, for
 * others it is data. Loggers print such fields.
 */
function withoutCommand(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error('something was thrown that is not an error')
  if ('command' in thrown) delete thrown.command
  for (const nested of [thrown.cause, 'lastNodeError' in thrown ? thrown.lastNodeError : undefined]) {
    if (nested instanceof Error) withoutCommand(nested)
  }
  return thrown
}
