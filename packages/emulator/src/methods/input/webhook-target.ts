import { isIP } from 'node:net'
import type { Parameters } from '../../http/parameters.ts'
import { integerParameter } from '../../http/parameters.ts'
import type { WebhookTarget } from '../../updates/webhook-settings.ts'
import { refuse } from '../refused-error.ts'

const MAX_SECRET_LENGTH = 256
const MAX_CERTIFICATE_BYTES = 3 * 1024 * 1024
const PUBLIC_PORTS = new Set(['', '80', '88', '443', '8443'])
const DEFAULT_CONNECTIONS = 40

/** A webhook as it was asked for, its address not yet looked at. */
export type WantedWebhook = Omit<WebhookTarget, 'url'>

export function readWantedWebhook(parameters: Parameters, isLocal: boolean): WantedWebhook {
  const ipAddress = parameters.text('ip_address')
  const maxConnections = { absent: DEFAULT_CONNECTIONS, min: 1, max: isLocal ? 100_000 : 100 }
  return {
    urlText: parameters.text('url'),
    maxConnections: integerParameter(parameters, 'max_connections', maxConnections),
    secretToken: parameters.text('secret_token'),
    ipAddress,
    hasFixedIpAddress: ipAddress !== '',
    certificate: certificateOf(parameters),
  }
}

/** @throws {RefusedError} when Telegram would not deliver to this address, or not with this secret. */
export function parseWebhookTarget(wanted: WantedWebhook, isLocal: boolean): WebhookTarget {
  const { urlText, secretToken, certificate } = wanted
  const text = urlText.includes('://') ? urlText : `https://${urlText}`
  if (!URL.canParse(text)) return refuse('invalid webhook URL specified')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('invalid webhook URL specified')
  if (secretToken.length > MAX_SECRET_LENGTH) return refuse('secret token is too long')
  if (!/^[\w-]*$/.test(secretToken)) return refuse('secret token contains unallowed characters')
  if (certificate !== undefined && certificate.length > MAX_CERTIFICATE_BYTES) {
    return refuse(`certificate size is too big (${certificate.length} bytes)`)
  }
  if (!isLocal) checkPublicAddress(url, wanted)
  return { ...wanted, url, ipAddress: wanted.ipAddress || addressOf(url.hostname) }
}

function checkPublicAddress(url: URL, { ipAddress }: WantedWebhook): void {
  if (url.protocol !== 'https:') refuse('bad webhook: An HTTPS URL must be provided for webhook')
  if (!PUBLIC_PORTS.has(url.port)) {
    refuse('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
  const address = ipAddress || addressOf(url.hostname)
  if (isIP(address) === 6) refuse('bad webhook: IPv6-only addresses are not allowed')
  if (isReserved(address)) refuse(`bad webhook: IP address ${address} is reserved`)
}

/** The address in a host name, where there is one; other names the emulator does not look up. */
function addressOf(hostname: string): string {
  if (hostname === 'localhost') return '127.0.0.1'
  const plain = hostname.replace(/^\[|\]$/g, '')
  return isIP(plain) === 0 ? '' : plain
}

function isReserved(address: string): boolean {
  return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|22[4-9]|23\d|24\d|25[0-5])\./.test(address)
}

function certificateOf(parameters: Parameters): Buffer | undefined {
  const attached = /^attach:\/\/(.*)$/s.exec(parameters.text('certificate'))?.[1]
  return (parameters.file('certificate') ?? (attached === undefined ? undefined : parameters.file(attached)))
    ?.bytes
}
