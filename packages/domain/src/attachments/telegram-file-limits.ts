/** As Telegram's own source counts (TDLib, FileManager.cpp). */
export const MEGABYTE_BYTES = 1024 * 1024

/**
 * The largest files a bot can send, in bytes (https://core.telegram.org/bots/api#sending-files): by their address, which
 * Telegram fetches, and as an upload. A picture too large for a photo may still go as a document.
 */
export const TELEGRAM_FILE_LIMITS = {
  byAddress: { photo: 5 * MEGABYTE_BYTES, other: 20 * MEGABYTE_BYTES },
  upload: { photo: 10 * MEGABYTE_BYTES, other: 50 * MEGABYTE_BYTES },
} as const
