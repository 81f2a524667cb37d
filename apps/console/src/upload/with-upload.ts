import type { IncomingMessage } from 'node:http'
import { checkContentType, tooMuchWaiting, type Shares } from '@postino/http'
import { receiveUpload } from './receive-upload.ts'

export interface UploadLimits {
  maxBytes: number
  /** Files that are received or worked on at a time. */
  shares: Shares
}

interface Uploading {
  request: IncomingMessage
  shopId: string
  /** Undefined: nothing is uploaded here. */
  mediaType: string | undefined
  limits: UploadLimits
}

/** Receives what is uploaded, if anything is, and keeps it until the work with it is done. */
export async function withUpload<T>(
  { request, shopId, mediaType, limits }: Uploading,
  work: (file: () => AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  if (mediaType === undefined) return await work(nothing)
  checkContentType(request.headers, [mediaType])
  const taking = limits.shares.take(shopId, 1)
  if (taking !== 'taken') throw tooMuchWaiting(taking)
  try {
    const upload = await receiveUpload(request, limits.maxBytes)
    try {
      return await work(upload.read)
    } finally {
      await upload.close()
    }
  } finally {
    limits.shares.giveBack(shopId, 1)
  }
}

async function* nothing(): AsyncGenerator<Buffer> {
  // Nothing was uploaded.
}
