// The limits of Postino; a test holds them against those of packages/domain.

/** Of one event, as UTF-8 JSON. */
export const MAX_EVENT_BYTES = 64 * 1024
/** Of a batch's whole body. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024
export const MAX_BATCH_EVENTS = 500
/** Nested objects and lists, the event itself being the first. */
export const MAX_DEPTH = 20
/** An event that has more issues is told the first ones. */
export const MAX_ISSUES = 20
