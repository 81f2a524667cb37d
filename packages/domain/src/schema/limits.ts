/** Of one event, as UTF-8 JSON. What is larger goes by URL. */
export const MAX_EVENT_BYTES = 64 * 1024
/** Of a batch's whole body. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024
export const MAX_BATCH_EVENTS = 500
/** Nested objects and lists, the event itself being the first. */
export const MAX_DEPTH = 20
/** Members of objects and elements of lists, in all. */
export const MAX_MEMBERS = 2_000
export const MAX_TEXT_CHARS = 4_096
export const MAX_NAME_CHARS = 128
export const MAX_ITEMS = 200
export const MAX_RECIPIENTS = 100
