import { qrPng, qrSvg } from '@postino/invitation'
import type { PageAnswer } from '../page-request.ts'
import type { Visit } from '../visit.ts'

/** The page's address as a QR code, to be printed for the shop's counter: whoever comes by it is known to stand there. */
export async function counterCode({ home, request }: Visit, form: 'svg' | 'png'): Promise<PageAnswer> {
  const address = `${request.origin}${home}?source=qr_pos`
  return {
    status: 200,
    headers: {
      'content-type': form === 'svg' ? 'image/svg+xml' : 'image/png',
      'cache-control': 'public, max-age=300',
      'content-security-policy': "default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
    body: form === 'svg' ? await qrSvg(address) : await qrPng(address),
  }
}
