import { createRateLimit } from './rate-limit.ts'
import { networkOf } from './visitor-address.ts'

/** How many choices visitors may make. */
export interface VisitorLimits {
  /** Undefined when one more is taken; else the seconds to wait. */
  take(address: string, shopId: string): number | undefined
}

// Behind one address may be a whole shop with its wireless network, or a carrier's customers.
const OF_A_NETWORK = { burst: 30, perSecond: 0.05 }
// A hall that is told of the page at the same moment passes; a machine that fills the database does not.
const OF_A_SHOP = { burst: 1_200, perSecond: 10 }

export function createVisitorLimits(nowMs: () => number): VisitorLimits {
  const networks = createRateLimit({ ...OF_A_NETWORK, nowMs })
  const shops = createRateLimit({ ...OF_A_SHOP, nowMs })
  return {
    take: (address, shopId) => networks.take(networkOf(address)) ?? shops.take(shopId),
  }
}
