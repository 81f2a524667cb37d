/** The Bot API server's limits on one request. */
export const MAX_PARAMETERS_BYTES = 1024 * 1024
export const MAX_HEADERS_BYTES = 256 * 1024
export const MAX_FILES = 50
