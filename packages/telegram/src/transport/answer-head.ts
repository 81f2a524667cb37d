/** What the head of an answer says, as far as it matters. */
export interface AnswerHead {
  httpStatus: number
  /** Of the header `retry-after`. */
  retryAfterSeconds: number | undefined
  /** How the body ends: after so many bytes, with its last chunk, or with the connection. */
  bodyEnds: number | 'with_last_chunk' | 'with_connection'
  /** How long the peer keeps the connection for a next call; undefined when it does not say, 0 when it closes it. */
  keepAliveMs: number | undefined
}

// One status line and then fields, each with a name and on one line, as every server writes them.
const HEAD = /^HTTP\/1\.[01] \d{3}(?: [^\r\n\0]*)?(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*)*$/
// A peer that closes after so long may be closing just when our next call leaves: we are the first by so much.
const KEEP_ALIVE_MARGIN_MS = 2_000

/**
 * Reads the head of an answer, without the empty line after it. Undefined when it is no head, or contradicts itself in where the
 * answer ends: then nothing that follows can be relied on.
 */
export function readAnswerHead(text: string): AnswerHead | undefined {
  if (!HEAD.test(text)) return undefined
  const fields = readFields(text)
  const { length, encoding } = fields
  if (length !== undefined && (encoding !== undefined || !/^\d{1,15}$/.test(length))) return undefined
  const httpStatus = Number(text.slice(9, 12))
  const { retryAfterSeconds } = fields
  // What fields of such an answer say of a body, not all servers keep to: nothing is read after it.
  if (isBodiless(httpStatus)) return { httpStatus, retryAfterSeconds, bodyEnds: 0, keepAliveMs: 0 }
  return { httpStatus, retryAfterSeconds, bodyEnds: bodyEnd(fields), keepAliveMs: keepAlive(text, fields) }
}

interface Fields {
  length?: string
  encoding?: string
  connection?: string
  keepAlive?: string
  retryAfterSeconds?: number
}

/** Of fields that come several times the values are joined, as the protocol says. */
function readFields(text: string): Fields {
  const fields: Fields = {}
  let lineEnd = text.indexOf('\r\n')
  while (lineEnd !== -1) {
    const begin = lineEnd + 2
    const colon = text.indexOf(':', begin)
    lineEnd = text.indexOf('\r\n', begin)
    // Most fields are none of ours, which the length of the name tells sooner than the name.
    if (!LENGTHS.has(colon - begin)) continue
    const value = text.slice(colon + 1, lineEnd === -1 ? undefined : lineEnd).trim()
    takeField(fields, text.slice(begin, colon).toLowerCase(), value)
  }
  return fields
}

const LENGTHS = new Set(
  ['connection', 'retry-after', 'content-length', 'transfer-encoding'].map(({ length }) => length),
)

function takeField(fields: Fields, name: string, value: string): void {
  switch (name) {
    case 'content-length':
      fields.length = joined(fields.length, value)
      break
    case 'transfer-encoding':
      fields.encoding = joined(fields.encoding, value.toLowerCase())
      break
    case 'connection':
      fields.connection = joined(fields.connection, value.toLowerCase())
      break
    case 'keep-alive':
      fields.keepAlive = joined(fields.keepAlive, value)
      break
    case 'retry-after':
      // Seconds; the form with a date is not used by Telegram.
      if (/^\d{1,9}$/.test(value)) fields.retryAfterSeconds = Number(value)
      break
  }
}

function joined(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`
}

/** By the protocol these have none, whatever the fields say. */
function isBodiless(httpStatus: number): boolean {
  return httpStatus < 200 || httpStatus === 204 || httpStatus === 304
}

function bodyEnd({ length, encoding }: Fields): AnswerHead['bodyEnds'] {
  if (length !== undefined) return Number(length)
  return encoding !== undefined && /(?:^|,)\s*chunked$/.test(encoding) ? 'with_last_chunk' : 'with_connection'
}

function keepAlive(text: string, { connection, keepAlive: promise = '' }: Fields): number | undefined {
  const isKept = text.startsWith('HTTP/1.1') ? !says(connection, 'close') : says(connection, 'keep-alive')
  if (!isKept) return 0
  const seconds = promise === '' ? undefined : /(?:^|[,;\s])timeout\s*=\s*(\d{1,6})/i.exec(promise)?.[1]
  return seconds === undefined ? undefined : Math.max(0, Number(seconds) * 1_000 - KEEP_ALIVE_MARGIN_MS)
}

/** Whether a list has this word. Mostly it is the list. */
function says(list: string | undefined, word: string): boolean {
  if (list === undefined) return false
  return list === word || list.split(',').some((one) => one.trim() === word)
}
