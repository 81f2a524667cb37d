import { BEHIND_JOBS } from './sweep.ts'

export interface ReleaseDependencies {
  /** Lets at most so many deferred messages go whose time has come; their ids. */
  release: (limit: number) => Promise<string[]>
  /** Render jobs that wait to be taken. */
  countWaitingRenders: () => Promise<number>
  enqueueRender: (messageIds: string[]) => Promise<void>
  released: (count: number) => void
}

// As many as make the renderers' queue no longer than others may wait in it.
const BATCH = 1_000
const MOST_BATCHES = 10

/**
 * Has deferred messages rendered when their time has come. In the morning a hundred thousand may be due at once: they go in
 * batches, and only while the renderers keep up, so that what is accepted meanwhile waits behind a second's work at most.
 * Any number of processes may do it side by side. What one of them released and never enqueued the sweeper finds.
 */
export function createReleaseDeferred(dependencies: ReleaseDependencies): () => Promise<void> {
  const { release, countWaitingRenders, enqueueRender, released } = dependencies
  return async function releaseDeferred() {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      if ((await countWaitingRenders()) > BEHIND_JOBS) return
      const messageIds = await release(BATCH)
      if (messageIds.length === 0) return
      await enqueueRender(messageIds)
      released(messageIds.length)
    }
  }
}
