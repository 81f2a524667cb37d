/** As Telegram's own source counts (TDLib, FileManager.cpp). */
export const MEGABYTE_BYTES = 1024 * 1024

// The largest uploads of a bot (https://core.telegram.org/bots/api#sending-files). By its address Telegram fetches less; what
// is larger than that is uploaded by the sender.
export const MAX_FILE_BYTES = 50 * MEGABYTE_BYTES
/** A larger picture may go as a document. */
export const MAX_PHOTO_BYTES = 10 * MEGABYTE_BYTES
