/** A body in chunks while it comes. */
export interface ChunkedBody {
  /** Takes the next bytes; `whole` with what came after the body. */
  take(bytes: Buffer): { status: 'more' } | { status: 'malformed' } | { status: 'whole'; rest: Buffer }
  /** What the chunks held. */
  parts: Buffer[]
}

const NOTHING = Buffer.alloc(0)
const SIZE_LINE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/
// Of a line that says a size, and of all trailers together.
const MAX_LINES_BYTES = 16 * 1024

/** Reads what `transfer-encoding: chunked` makes of a body. Extensions of chunks and trailers are passed over. */
export function createChunkedBody(): ChunkedBody {
  const parts: Buffer[] = []
  /** Bytes of a line whose end is yet to come. */
  let begun: Buffer = NOTHING
  /** Of the present chunk, its line end included. */
  let leftBytes = 0
  let isAfterLast = false
  let trailerBytes = 0

  /** Takes what there is of a chunk; undefined when it does not end as it must. */
  function takeData(bytes: Buffer): Buffer | undefined {
    const data = Math.min(bytes.length, Math.max(0, leftBytes - 2))
    if (data > 0) parts.push(bytes.subarray(0, data))
    leftBytes -= data
    let rest = bytes.subarray(data)
    for (; leftBytes > 0 && leftBytes <= 2 && rest.length > 0; leftBytes--) {
      if (rest[0] !== (leftBytes === 2 ? 0x0d : 0x0a)) return undefined
      rest = rest.subarray(1)
    }
    return rest
  }

  /** What a line means for what follows; false when it is none of a chunked body. */
  function takeLine(line: string): boolean {
    if (isAfterLast) {
      trailerBytes += line.length
      return trailerBytes <= MAX_LINES_BYTES
    }
    const size = SIZE_LINE.exec(line)?.[1]
    if (size === undefined) return false
    leftBytes = Number.parseInt(size, 16)
    if (leftBytes === 0) isAfterLast = true
    else leftBytes += 2
    return true
  }

  return {
    parts,
    take(bytes) {
      let rest: Buffer | undefined = begun.length === 0 ? bytes : Buffer.concat([begun, bytes])
      begun = NOTHING
      for (;;) {
        rest = takeData(rest)
        if (rest === undefined) return { status: 'malformed' }
        if (rest.length === 0) return { status: 'more' }
        const lineEnd = rest.indexOf('\r\n')
        if (lineEnd === -1) {
          begun = rest
          return rest.length > MAX_LINES_BYTES ? { status: 'malformed' } : { status: 'more' }
        }
        const line = rest.toString('latin1', 0, lineEnd)
        rest = rest.subarray(lineEnd + 2)
        if (isAfterLast && line === '') return { status: 'whole', rest }
        if (!takeLine(line)) return { status: 'malformed' }
      }
    },
  }
}
