import type { RegistrationUsage } from '@postino/database'
import type { Logger } from '@postino/runtime'

export interface WatchQuotasDependencies {
  listShops: () => Promise<{ shopId: string; slug: string }[]>
  /** Gives free places to registrations that wait; how many. */
  admitWaiting: (shopId: string) => Promise<number>
  findUsage: (shopId: string) => Promise<RegistrationUsage>
  logger: Logger
}

const LEVELS: RegistrationUsage['warning'][] = [undefined, 'near', 'reached']

/**
 * Lets registrations in for which there is room by now, and warns of each shop that comes near its quota, once for each
 * step up. What a shop uses also stands in its API and its command line.
 */
export function createWatchQuotas(dependencies: WatchQuotasDependencies): () => Promise<void> {
  const { listShops, admitWaiting, findUsage, logger } = dependencies
  const levels = new Map<string, number>()

  return async function watchQuotas() {
    for (const { shopId, slug } of await listShops()) {
      const admitted = await admitWaiting(shopId)
      if (admitted > 0) logger.info({ shop: shopId, admitted }, 'registrations.admitted')
      const { open, waiting, limit, warning } = await findUsage(shopId)
      const level = LEVELS.indexOf(warning)
      if (level > (levels.get(shopId) ?? 0)) {
        logger.warn({ shop: shopId, slug, open, waiting, limit }, `registrations.quota_${warning}`)
      }
      levels.set(shopId, level)
    }
  }
}
