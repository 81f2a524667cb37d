import { createHash } from 'node:crypto'
import type { TelegramFileKey } from '@postino/database'
import type { MediaFile } from '@postino/domain'

/** Names a file for a bot: another size told is another file, and so is another way to show it. */
export function fileKeyOf(bot: { shopId: string; botId: string }, file: MediaFile): TelegramFileKey {
  const { shopId, botId } = bot
  return { shopId, botId, addressHash: addressHashOf(file), mediaType: file.as }
}

/** Of what is at an address, whoever asks for it. */
export function addressHashOf(file: MediaFile): string {
  const parts = 'url' in file ? ['url', file.url, file.sizeBytes ?? null] : ['file id', file.fileId]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

export function textOfKey({ shopId, botId, addressHash, mediaType }: TelegramFileKey): string {
  return `${shopId} ${botId} ${addressHash} ${mediaType}`
}
