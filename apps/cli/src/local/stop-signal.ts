const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Aborted by the first Ctrl-C or SIGTERM; the next one ends this process at once, and what it started notices. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of SIGNALS) process.once(signal, () => stopping.abort())
  return stopping.signal
}

export function waitForStop(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }))
}
