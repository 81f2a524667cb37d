import type { ParameterList } from './parameters.ts'
import { decodeUtf8 } from './text-encoding.ts'

/** Reads `application/x-www-form-urlencoded` text, or a query string without its question mark. */
export function readFormParameters(source: string, parameters: ParameterList): void {
  for (const pair of source.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    if (equals === -1) parameters.add(decodeUrl(pair, true), '')
    else parameters.add(decodeUrl(pair.slice(0, equals), true), decodeUrl(pair.slice(equals + 1), true))
  }
}

/** Decodes percent escapes; a percent sign that begins no escape stays, it is no error. */
export function decodeUrl(source: string, plusIsSpace: boolean): string {
  const text = plusIsSpace ? source.replaceAll('+', ' ') : source
  if (!text.includes('%')) return text

  const input = Buffer.from(text, 'utf8')
  const output = Buffer.alloc(input.length)
  let length = 0
  for (let at = 0; at < input.length; at++) {
    const byte = input[at] ?? 0
    const escaped = byte === PERCENT ? hexByte(input, at + 1) : undefined
    output[length++] = escaped ?? byte
    if (escaped !== undefined) at += 2
  }
  return decodeUtf8(output.subarray(0, length))
}

const PERCENT = 0x25

function hexByte(input: Buffer, at: number): number | undefined {
  const digits = input.toString('latin1', at, at + 2)
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined
}
