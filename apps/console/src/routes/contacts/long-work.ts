/** For what looks through all events of a shop. Shorter than the 60 s after which usual load balancers give up. */
export const LONG_WORK_MS = 55_000
