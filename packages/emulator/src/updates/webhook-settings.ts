/** A webhook as setWebhook asked for it. */
export interface WebhookTarget {
  readonly url: URL
  /** As it was written; URL changes some spellings. */
  readonly urlText: string
  readonly maxConnections: number
  readonly secretToken: string
  readonly ipAddress: string
  readonly hasFixedIpAddress: boolean
  /** PEM of a self-signed certificate, to be trusted for this address. */
  readonly certificate: Buffer | undefined
}

export function isSameTarget(left: Omit<WebhookTarget, 'url'>, right: Omit<WebhookTarget, 'url'>): boolean {
  return (
    left.urlText === right.urlText &&
    left.maxConnections === right.maxConnections &&
    left.secretToken === right.secretToken &&
    left.hasFixedIpAddress === right.hasFixedIpAddress &&
    (!left.hasFixedIpAddress || left.ipAddress === right.ipAddress) &&
    left.certificate === undefined &&
    right.certificate === undefined
  )
}
