import { randomBytes } from 'node:crypto'

/**
 * Ids for one queue object's jobs, unique across processes.
 * BullMQ's own ids are a counter in Redis: after FLUSHALL it starts again at 1, and a worker still busy with job 7
 * would meet another job 7. Ours begin with a letter (BullMQ takes no whole numbers) and have no `:` (it splits there).
 */
export function createJobIds(): () => string {
  const prefix = `j${randomBytes(8).toString('hex')}`
  let count = 0
  return () => `${prefix}-${(count++).toString(36)}`
}
