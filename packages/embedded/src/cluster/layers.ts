/** One process of the cluster. */
export interface Part {
  name: string
  logFile: string
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** What was reached: a part of ours, or something that was there already. */
export interface Started {
  url: string
  part?: Part
}

/** What is started side by side is a layer; the last layer is stopped first. */
export interface Layers {
  /** Aborted when the start is given up, or something fails: whatever is still starting has to give up, too. */
  signal: AbortSignal
  /** Waits for all of them, also when one fails: nothing may begin after `stop`. @throws the first failure */
  add(starts: readonly Promise<Started>[]): Promise<void>
  /** The first part that ends by itself. */
  firstEnd(): Promise<Part>
  /** Stops everything, also when something does not stop. @throws what went wrong first */
  stop(): Promise<void>
}

export function createLayers(givenUp: AbortSignal | undefined): Layers {
  const layers: Part[][] = []
  const failure = new AbortController()
  const signal = AbortSignal.any([failure.signal, ...(givenUp === undefined ? [] : [givenUp])])
  return {
    signal,
    async add(starts) {
      const layer: Part[] = []
      layers.push(layer)
      await Promise.all(
        starts.map(async (start) => {
          try {
            const { part } = await start
            if (part !== undefined) layer.push(part)
          } catch (error) {
            failure.abort(error)
          }
        }),
      )
      signal.throwIfAborted()
    },
    firstEnd: () => Promise.race(layers.flat().map((part) => part.ended.then(() => part))),
    async stop() {
      const results: PromiseSettledResult<void>[] = []
      for (const layer of layers.splice(0).toReversed()) {
        results.push(...(await Promise.allSettled(layer.map((part) => part.stop()))))
      }
      const failed = results.find((result) => result.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
  }
}
