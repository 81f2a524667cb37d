import assert from 'node:assert/strict'
import { createShares, TimeLimitError, within, type Shares } from '@postino/http'

/** The line has no room: for this shop, which holds its whole share, or for anybody. */
export class LineFullError extends Error {
  override readonly name = 'LineFullError'
  readonly scope: 'shop_full' | 'full'

  constructor(scope: 'shop_full' | 'full') {
    super(scope === 'full' ? 'the line is full' : 'the share of the shop is full')
    this.scope = scope
  }
}

export interface WaitingLineOptions<Item, Result> {
  /** Deals with what several callers brought; one result per item, in order. */
  flush: (items: Item[]) => Promise<Result[]>
  maxItemsPerFlush: number
  maxWaiting: { total: number; perShop: number }
  /** How long a caller waits for its results. */
  deadlineMs: number
  /** How long a flush holds up the next one. A connection that died silently must not stop the line for good. */
  flushLimitMs: number
}

export interface WaitingLine<Item, Result> {
  /**
   * The results of `items`, at most `maxItemsPerFlush` of them, in order. Rejects with LineFullError, with
   * TimeLimitError (what was not begun by then never will be; what was may still happen), or as the flush did.
   */
  add(shopId: string, items: Item[]): Promise<Result[]>
}

interface Parcel<Item, Result> extends PromiseWithResolvers<Result[]> {
  items: Item[]
}

/**
 * Lets callers share the cost of a flush: an idle line flushes at once, and what comes while a flush runs goes together
 * into the next one. Shops take turns, a parcel each, so that nobody waits for a neighbour's whole backlog.
 */
export function createWaitingLine<Item, Result>(
  options: WaitingLineOptions<Item, Result>,
): WaitingLine<Item, Result> {
  const shares = createShares(options.maxWaiting)
  const lines = new Map<string, Parcel<Item, Result>[]>()
  let isRunning = false

  async function add(shopId: string, items: Item[]): Promise<Result[]> {
    assert(items.length > 0 && items.length <= options.maxItemsPerFlush, 'a parcel fits into one flush')
    takePlaces(shares, shopId, items.length)
    const parcel = { items, ...Promise.withResolvers<Result[]>() }
    const line = lines.get(shopId)
    if (line === undefined) lines.set(shopId, [parcel])
    else line.push(parcel)
    if (!isRunning) void run()
    try {
      return await within(options.deadlineMs, parcel.promise)
    } catch (error) {
      if (error instanceof TimeLimitError) leave(shopId, parcel)
      throw error
    } finally {
      shares.giveBack(shopId, items.length)
    }
  }

  function leave(shopId: string, parcel: Parcel<Item, Result>): void {
    const rest = lines.get(shopId)?.filter((other) => other !== parcel) ?? []
    if (rest.length > 0) lines.set(shopId, rest)
    else lines.delete(shopId)
  }

  // Never rejects: what goes wrong is told to the callers it concerns.
  async function run(): Promise<void> {
    isRunning = true
    for (let parcels = takeParcels(); parcels.length > 0; parcels = takeParcels()) {
      try {
        await within(options.flushLimitMs, settle(parcels))
      } catch (error) {
        for (const parcel of parcels) parcel.reject(error)
      }
    }
    isRunning = false
  }

  async function settle(parcels: Parcel<Item, Result>[]): Promise<void> {
    const results = await options.flush(parcels.flatMap((parcel) => parcel.items))
    let start = 0
    for (const parcel of parcels) {
      const end = start + parcel.items.length
      parcel.resolve(results.slice(start, end))
      start = end
    }
  }

  function takeParcels(): Parcel<Item, Result>[] {
    const parcels: Parcel<Item, Result>[] = []
    let room = options.maxItemsPerFlush
    // A shop that was served goes to the end of the map, which this loop reaches again.
    for (const [shopId, line] of lines) {
      const [parcel] = line
      if (parcel === undefined || parcel.items.length > room) break
      parcels.push(parcel)
      room -= parcel.items.length
      line.shift()
      lines.delete(shopId)
      if (line.length > 0) lines.set(shopId, line)
    }
    return parcels
  }

  return { add }
}

function takePlaces(shares: Shares, shopId: string, count: number): void {
  const taking = shares.take(shopId, count)
  if (taking !== 'taken') throw new LineFullError(taking)
}
