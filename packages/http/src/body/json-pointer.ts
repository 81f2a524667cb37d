const MAX_SEGMENT_CHARS = 64
const MAX_POINTER_CHARS = 500

/**
 * The pointer (RFC 6901) to a place in a body. Names in a body are whatever the client sent: long ones are cut, and
 * what cannot be shown is replaced, so that an answer stays short and readable.
 */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return cut(path.map((segment) => `/${escapeSegment(String(segment))}`).join(''), MAX_POINTER_CHARS)
}

function escapeSegment(segment: string): string {
  return cut(segment, MAX_SEGMENT_CHARS)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '\u{fffd}')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
}

function cut(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text
}
