import { createGather } from '@postino/runtime'

/**
 * Lets jobs share their statements, also where each event is a job of its own. All that this process may have at a time go in two
 * batches: while Postgres works for one, the other is rendered. A batch that fails fails its jobs; they come again, which
 * changes nothing of what was done.
 *
 * @param jobs at a time in this process
 */
export function gatherJobs(
  render: (messageIds: string[]) => Promise<void>,
  jobs: number,
): (messageIds: string[]) => Promise<void> {
  const gather = createGather<string[], true>(
    async (batch) => {
      await render([...new Set(batch.flat())])
      return batch.map(() => true)
    },
    { maxItems: Math.ceil(jobs / 2), flushes: 2 },
  )
  return async (messageIds) => void (await gather(messageIds))
}
