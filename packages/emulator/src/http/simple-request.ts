import { decodeUtf8 } from './text-encoding.ts'

/** A call as nearly all are: its JSON came in one piece, and no header says anything that matters. */
export interface SimpleRequest {
  readonly path: string
  readonly body: string
}

/** Reads a chunk of a connection that may be such a call, whole and alone; `undefined` for anything else. */
export type ReadSimpleRequest = (chunk: Buffer) => SimpleRequest | undefined

const REQUEST_LINE = /^POST (\/bot[\w:/-]+) HTTP\/1\.1\r\n/
const CONTENT_LENGTH = /^(?:0|[1-9]\d{0,5})$/
/** What the headers that matter may say. */
const VALUES: Readonly<Record<string, RegExp>> = {
  host: /^[\w.:[\]-]+$/,
  connection: /^keep-alive$/i,
  'content-type': /^application\/json(?:; ?charset=utf-8)?$/i,
  'content-length': CONTENT_LENGTH,
}
/** Headers that make no difference, whatever they say. */
const IGNORED = new Set(['accept', 'accept-encoding', 'accept-language', 'sec-fetch-mode', 'user-agent'])
/** Clients send the same headers again and again, with a few hundred lengths. */
const MAX_REMEMBERED = 2000

export function createReadSimpleRequest(): ReadSimpleRequest {
  /** Lengths by the headers that tell them. */
  const remembered = new Map<string, number | undefined>()

  function bodyLengthOf(headers: string): number | undefined {
    const known = remembered.get(headers)
    if (known !== undefined || remembered.has(headers)) return known
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    const length = readBodyLength(headers)
    remembered.set(headers, length)
    return length
  }

  return (chunk) => {
    // One character a byte, so that places in the text are places in the chunk.
    const text = chunk.toString('latin1')
    const [line, path] = REQUEST_LINE.exec(text) ?? []
    const headEnd = text.indexOf('\r\n\r\n')
    if (line === undefined || path === undefined || headEnd < line.length) return undefined
    const bodyBegin = headEnd + 4
    if (bodyLengthOf(text.slice(line.length, headEnd)) !== chunk.length - bodyBegin) return undefined
    return { path, body: decodeUtf8(chunk.subarray(bodyBegin)) }
  }
}

/** The length of the body, when all headers are simple ones. */
function readBodyLength(headers: string): number | undefined {
  const values = new Map<string, string>()
  for (const line of headers.split('\r\n')) {
    const [, name = '', value = ''] = /^([A-Za-z-]+): ?([!-~](?:[ -~]*[!-~])?)$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (IGNORED.has(key)) continue
    if (VALUES[key]?.test(value) !== true || values.has(key)) return undefined
    values.set(key, value)
  }
  const length = values.get('content-length')
  const isWhole = values.has('host') && values.has('content-type') && length !== undefined
  return isWhole ? Number(length) : undefined
}
