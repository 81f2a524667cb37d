import type { ShopToRender } from '@postino/database'
import { attachmentPolicySchema, DEFAULT_ATTACHMENT_POLICY, type AttachmentPolicy } from '@postino/domain'
import type { Logger } from '@postino/runtime'

/** Shops whose broken table is remembered, so that the log names each once. */
const MAX_REMEMBERED = 1_000

/**
 * Makes a function that reads what a shop attaches. A stored table that does not hold must not keep anybody from being told:
 * the default stands in for it, and the log says so once for each table that is broken.
 */
export function createPolicyOf(
  logger: Logger,
): (shop: Pick<ShopToRender, 'id' | 'attachmentPolicy'>) => AttachmentPolicy {
  const broken = new Map<string, string>()
  return function policyOf({ id, attachmentPolicy: stored }) {
    if (stored === null) return DEFAULT_ATTACHMENT_POLICY
    const { data, error } = attachmentPolicySchema.safeParse(stored)
    if (error === undefined) return data
    const table = JSON.stringify(stored)
    if (broken.get(id) !== table) {
      if (broken.size >= MAX_REMEMBERED) broken.clear()
      broken.set(id, table)
      logger.error({ shop: id, issue: error.issues[0]?.message }, 'shop.attachment_policy_broken')
    }
    return DEFAULT_ATTACHMENT_POLICY
  }
}
