interface WaitingJob extends PromiseWithResolvers<void> {
  messageIds: string[]
}

/** Whole jobs go together up to so many messages, in so many batches at a time. */
const LIMITS = { messages: 200, batches: 2 }

/**
 * Lets jobs share their statements: the first goes at once, and those that come while as many batches as may be are under
 * way go together into the next one. So batches grow with the load, also where each event is a job of its own, and an idle
 * renderer waits for nothing. A batch that fails fails all its jobs; they come again, which changes nothing of what was done.
 */
export function gatherJobs(
  render: (messageIds: string[]) => Promise<void>,
  limits = LIMITS,
): (messageIds: string[]) => Promise<void> {
  const waiting: WaitingJob[] = []
  let underWay = 0

  function takeBatch(): WaitingJob[] {
    let [jobs, messages] = [0, 0]
    for (const { messageIds } of waiting) {
      if (jobs > 0 && messages + messageIds.length > limits.messages) break
      jobs += 1
      messages += messageIds.length
    }
    return waiting.splice(0, jobs)
  }

  async function run(): Promise<void> {
    underWay += 1
    // One round of the event loop: jobs that were fetched together are gathered from the first batch on.
    await new Promise(setImmediate)
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      try {
        await render([...new Set(batch.flatMap(({ messageIds }) => messageIds))])
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    underWay -= 1
  }

  return (messageIds) => {
    const job = { messageIds, ...Promise.withResolvers<void>() }
    waiting.push(job)
    if (underWay < limits.batches) void run()
    return job.promise
  }
}
