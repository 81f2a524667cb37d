import { isUtf8 } from 'node:buffer'
import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'

const BYTE_ORDER_MARK = '\u{feff}'

/** The text of a body, byte for byte: nothing is replaced, nothing taken off. */
export function decodeBody(bytes: Buffer): string {
  if (bytes.length === 0) throw malformed('empty_body', 'The body is empty; it must be JSON.')
  if (!isUtf8(bytes)) throw malformed('invalid_utf8', 'The body is not UTF-8.')
  const text = bytes.toString('utf8')
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw malformed('byte_order_mark', 'The body begins with a byte order mark; leave it out.')
  }
  return text
}

/** The body is not JSON, which shows at this character. */
export function malformedJson(text: string, offset: number): ProblemError {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  const where = offset < text.length ? `at line ${line}, column ${column}` : 'because it ends too early'
  return malformed('malformed_json', `The body is not JSON, ${where}.`)
}

function malformed(code: string, detail: string): ProblemError {
  return new ProblemError(PROBLEMS['malformed-body'], { detail, errors: [{ pointer: '', code, detail }] })
}
