/** Where messages wait for their files. */
export interface WaitingRoom {
  /**
   * Waits for a piece of work, if there is room. Answers in how many milliseconds the message is to be asked for again.
   *
   * @param shop with the messages its bot may send a second
   */
  waitFor: (shop: { shopId: string; perSecond: number }, start: () => Promise<unknown>) => Promise<number>
}

// So that a chat is not held for ever, and the turn can end.
const MOST_WAIT_MS = 20_000
// When a file takes longer, or too many wait already.
const AGAIN_MS = 1_000
const PUT_OFF_MOST_MS = 30_000
// Each has a message claimed, and holds the place of a call. One shop's slow file server must not take them all.
const MAX_WAITING_PER_SHOP = 10
const MAX_WAITING = 60

/**
 * Those put off are due one after the other, at the pace at which their bot sends: a bulk must not come back all at once,
 * again and again.
 */
export function createWaitingRoom(): WaitingRoom {
  const shops = new Map<string, { waiting: number; putOff: number }>()
  let waitingInAll = 0

  return {
    async waitFor({ shopId, perSecond }, start) {
      const shop = shops.get(shopId) ?? { waiting: 0, putOff: 0 }
      if (shop.waiting >= MAX_WAITING_PER_SHOP || waitingInAll >= MAX_WAITING) {
        shop.putOff += 1
        return Math.min(PUT_OFF_MOST_MS, AGAIN_MS + (shop.putOff * 1_000) / perSecond)
      }
      shops.set(shopId, shop)
      shop.waiting += 1
      waitingInAll += 1
      try {
        return await within(start())
      } finally {
        waitingInAll -= 1
        shop.waiting -= 1
        if (shop.waiting === 0) shops.delete(shopId)
      }
    },
  }
}

async function within(work: Promise<unknown>): Promise<number> {
  const { promise: expired, resolve } = Promise.withResolvers<number>()
  const timer = setTimeout(resolve, MOST_WAIT_MS, AGAIN_MS)
  try {
    return await Promise.race([work.then(() => 0), expired])
  } finally {
    clearTimeout(timer)
  }
}
