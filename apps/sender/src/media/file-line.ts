/** Lets so many pieces of work run at a time, of one owner so many; the others wait for their place. */
export type FileLine = <T>(owner: string, work: () => Promise<T>) => Promise<T>

export function createFileLine({
  places,
  placesPerOwner,
}: {
  places: number
  placesPerOwner: number
}): FileLine {
  const waiting: { owner: string; enter: () => void }[] = []
  const running = new Map<string, number>()
  let taken = 0

  function letIn(): void {
    while (taken < places) {
      const index = waiting.findIndex(({ owner }) => (running.get(owner) ?? 0) < placesPerOwner)
      const [next] = index === -1 ? [] : waiting.splice(index, 1)
      if (next === undefined) return
      count(next.owner, 1)
      next.enter()
    }
  }

  function count(owner: string, change: 1 | -1): void {
    taken += change
    const left = (running.get(owner) ?? 0) + change
    if (left === 0) running.delete(owner)
    else running.set(owner, left)
  }

  return async (owner, work) => {
    await new Promise<void>((resolve) => {
      waiting.push({ owner, enter: resolve })
      letIn()
    })
    try {
      return await work()
    } finally {
      count(owner, -1)
      letIn()
    }
  }
}
