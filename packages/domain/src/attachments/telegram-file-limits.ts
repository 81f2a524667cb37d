/** As Telegram's own source counts (TDLib, FileManager.cpp). */
export const MEGABYTE_BYTES = 1024 * 1024

// https://core.telegram.org/bots/api#sending-files

/** The largest upload of a bot, and so the largest file of a message. */
export const MAX_FILE_BYTES = 50 * MEGABYTE_BYTES
/** A larger picture may go as a document. */
export const MAX_PHOTO_BYTES = 10 * MEGABYTE_BYTES
/** What Telegram fetches from an address by itself; larger files are uploaded. */
export const MAX_BYTES_BY_ADDRESS = { photo: 5 * MEGABYTE_BYTES, other: 20 * MEGABYTE_BYTES } as const
