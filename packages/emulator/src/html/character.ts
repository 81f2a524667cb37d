/** One UTF-16 unit, or 0 past the end: the parsers read as TDLib does, over text that ends in a NUL. */
export function unitAt(text: string, index: number): string {
  return text[index] ?? '\0'
}

/** TDLib's white space: ASCII only, and NUL is part of it. */
export function isSpace(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t' || unit === '\0' || unit === '\v'
}

/** ASCII letters only: `toLowerCase` would also fold characters that Telegram keeps. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** A loop, as a regular expression for this is quadratic on long runs of spaces. */
export function trimEndSpaces(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(unitAt(text, end - 1))) end--
  return text.slice(0, end)
}

/** Telegram names places in a source by UTF-8 byte. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index))
}

const INT32_MODULUS = 2 ** 32
const INT64_MAX = 2n ** 63n

/** The leading digits as a signed 32-bit number, wrapping round as the server's arithmetic does; 0 without digits. */
export function leadingInt32(text: string): number {
  const digits = /^-?(\d*)/.exec(text)?.[1] ?? ''
  let magnitude = 0
  for (const digit of digits) magnitude = (magnitude * 10 + Number(digit)) % INT32_MODULUS
  const wrapped = magnitude | 0
  if (wrapped === -(2 ** 31)) return wrapped
  return text.startsWith('-') ? 0 - wrapped : wrapped
}

/** A 64-bit decimal number written without sign of plus or leading zeros, else `undefined`. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return undefined
  const value = BigInt(text)
  return value >= -INT64_MAX && value < INT64_MAX ? value : undefined
}
