import { isUtf8 } from 'node:buffer'

/**
 * Decodes bytes that should be UTF-8. Bytes that are not become text that is not well-formed (it ends with half of
 * a surrogate pair), so that one check, `isWellFormed`, finds wrong bytes and wrong `\u` escapes alike.
 */
export function decodeUtf8(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : `${bytes.toString('utf8')}\uD800`
}
