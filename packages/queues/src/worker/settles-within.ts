/** Whether a promise is settled, one way or the other, within this time. Never rejects. */
export async function settlesWithin(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const { promise: expired, resolve: expire } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => expire(false), timeoutMs)
  const settled = promise.then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([settled, expired])
  } finally {
    clearTimeout(timer)
  }
}
