import type { Logger } from '../log/create-logger.ts'
import { within } from '../within.ts'

/** Anything with one way to end it; the first of these that it has is taken. */
export type Resource =
  | { [Symbol.asyncDispose](): PromiseLike<unknown> }
  | { close(): unknown }
  | { stop(): unknown }
  | { quit(): unknown }
  | { end(): unknown }
  | { destroy(): unknown }
  | { [Symbol.dispose](): void }

const WAYS = [Symbol.asyncDispose, 'close', 'stop', 'quit', 'end', 'destroy', Symbol.dispose] as const

/** The share of the time left that one resource may take while others wait behind it. */
const SHARE = 0.8

export interface Resources {
  add(name: string, resource: Resource): void
  /** Closes the last one first, each within its share of the time, all until `deadlineMs`. True when every one closed. */
  closeAll(deadlineMs: number): Promise<boolean>
}

export function createResources({ logger }: { logger: Logger }): Resources {
  const open: { name: string; resource: Resource }[] = []
  return {
    add(name, resource) {
      if (findWay(resource) === undefined)
        throw new Error(`${name} cannot be closed: it has none of ${WAYS.map(String).join(', ')}`)
      open.push({ name, resource })
    },
    async closeAll(deadlineMs) {
      let allClosed = true
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        const leftMs = deadlineMs - performance.now()
        const limitMs = open.length === 0 ? leftMs : leftMs * SHARE
        allClosed = (await closeOne(last, { limitMs, logger })) && allClosed
      }
      return allClosed
    },
  }
}

async function closeOne(
  { name, resource }: { name: string; resource: Resource },
  { limitMs, logger }: { limitMs: number; logger: Logger },
): Promise<boolean> {
  const startedAtMs = performance.now()
  // Called in a promise, so that one that throws at once is no different from one that rejects.
  const result = await within(
    limitMs,
    Promise.resolve().then(() => closing(resource)),
  )
  const waitedMs = Math.round(performance.now() - startedAtMs)
  const fields = { resource: name, waitedMs }
  if (result.status === 'done') logger.debug(fields, 'service.resource_closed')
  else if (result.status === 'late') logger.error(fields, 'service.resource_hangs')
  else logger.error({ ...fields, err: result.error }, 'service.resource_failed_to_close')
  return result.status === 'done'
}

function closing(resource: Resource): unknown {
  const way = findWay(resource)
  return way === undefined ? undefined : Reflect.apply(Reflect.get(resource, way), resource, [])
}

function findWay(resource: Resource): (typeof WAYS)[number] | undefined {
  return WAYS.find((way) => typeof Reflect.get(resource, way) === 'function')
}
