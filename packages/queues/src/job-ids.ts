import { randomBytes } from 'node:crypto'

/**
 * Ids for one queue object's jobs, unique across processes, and short, as Redis keeps them several times.
 * BullMQ's own ids are a counter in Redis: after FLUSHALL it starts again at 1, and a worker still busy with job 7
 * would meet another job 7. Ours begin with a letter (BullMQ takes no whole numbers) and have no `:` (it splits there).
 */
export function createJobIds(): () => string {
  // 48 bits, in eight characters.
  const prefix = `j${randomBytes(6).toString('base64url')}`
  let count = 0
  return () => `${prefix}${(count++).toString(36)}`
}
