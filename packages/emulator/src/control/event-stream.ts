import type { ServerResponse } from 'node:http'
import type { Change, Changes } from '../world/changes.ts'
import { concernsPerson, viewChange } from './view-change.ts'

/** The live stream of changes as server-sent events. */
export interface EventStream {
  /** Streams until the client leaves. `lastEventId`: where an earlier stream of it ended. */
  open(
    response: ServerResponse,
    options: { personId: number | undefined; lastEventId: string | undefined },
  ): void
  close(): void
}

/** This many changes are kept for clients that come back. */
const KEPT_CHANGES = 500
/** Keeps proxies and browsers from taking a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000
/** A client that reads so slowly that more than this waits for it is cut off; it comes back and starts anew. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024

export function createEventStream(changes: Changes): EventStream {
  const recent: { id: number; change: Change }[] = []
  const open = new Set<ServerResponse>()
  let lastId = 0
  /** Before the first client there is nobody who could come back. */
  let wasOpened = false

  const unsubscribe = changes.subscribe((change) => {
    lastId += 1
    if (!wasOpened) return
    recent.push({ id: lastId, change })
    if (recent.length > KEPT_CHANGES * 2) recent.splice(0, recent.length - KEPT_CHANGES)
  })

  function catchUp(lastEventId: string | undefined): { id: number; change: Change }[] {
    if (lastEventId === undefined) return []
    const seenId = Number(lastEventId)
    const oldestId = recent[0]?.id ?? lastId + 1
    const isKnown = Number.isInteger(seenId) && seenId <= lastId && seenId >= oldestId - 1
    return isKnown ? recent.filter(({ id }) => id > seenId) : [{ id: lastId, change: { kind: 'reset' } }]
  }

  return {
    open(response, { personId, lastEventId }) {
      wasOpened = true
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      const send = (id: number, change: Change): void => {
        if (personId !== undefined && !concernsPerson(change, personId)) return
        if (response.writableLength > MAX_BUFFERED_BYTES) {
          response.destroy()
          return
        }
        const { event, data } = viewChange(change)
        response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      }

      // The first line tells a new client where the stream stands, should it have to come back.
      response.write(`id: ${lastId}\n: open\n\n`)
      for (const { id, change } of catchUp(lastEventId)) send(id, change)
      const stop = changes.subscribe((change) => send(lastId, change))
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
      open.add(response)
      response.once('close', () => {
        clearInterval(heartbeat)
        stop()
        open.delete(response)
      })
    },
    close() {
      unsubscribe()
      for (const response of open) response.end()
    },
  }
}
