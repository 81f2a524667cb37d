type Taking = 'taken' | 'shop_full' | 'full'

export interface Shares {
  take(shopId: string, amount: number): Taking
  giveBack(shopId: string, amount: number): void
}

/** A bounded good (bytes, places in a line) of which no shop may hold more than its share, so that some is left for the others. */
export function createShares(limits: { total: number; perShop: number }): Shares {
  const held = new Map<string, number>()
  let total = 0

  function take(shopId: string, amount: number): Taking {
    const own = held.get(shopId) ?? 0
    if (own + amount > limits.perShop) return 'shop_full'
    if (total + amount > limits.total) return 'full'
    held.set(shopId, own + amount)
    total += amount
    return 'taken'
  }

  function giveBack(shopId: string, amount: number): void {
    const left = (held.get(shopId) ?? 0) - amount
    if (left > 0) held.set(shopId, left)
    else held.delete(shopId)
    total -= amount
  }

  return { take, giveBack }
}
