import { unitAt } from './character.ts'

/** `&…;` in HTML mode: what it stands for, and where reading goes on. */
export type CharacterReference = { codePoint: number; end: number }

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const MAX_REFERENCE_CHARS = 9

/**
 * Reads the reference that starts at `start` (an ampersand). `undefined` when there is none: the ampersand then
 * stands for itself. Telegram knows four names and numeric references; the semicolon may be missing.
 */
export function readCharacterReference(source: string, start: number): CharacterReference | undefined {
  const found = unitAt(source, start + 1) === '#' ? readNumber(source, start) : readName(source, start)
  if (found === undefined) return undefined
  return unitAt(source, found.end) === ';' ? { ...found, end: found.end + 1 } : found
}

function readNumber(source: string, start: number): CharacterReference | undefined {
  const isHex = unitAt(source, start + 2) === 'x'
  const digits = isHex ? /[0-9a-fA-F]*/y : /[0-9]*/y
  digits.lastIndex = start + (isHex ? 3 : 2)
  const text = digits.exec(source)?.[0] ?? ''
  const end = start + (isHex ? 3 : 2) + text.length
  const codePoint = text === '' ? 0 : Number.parseInt(text, isHex ? 16 : 10)
  if (codePoint === 0 || codePoint >= 0x10ffff || end - start > MAX_REFERENCE_CHARS) return undefined
  return { codePoint, end }
}

function readName(source: string, start: number): CharacterReference | undefined {
  const letters = /[a-zA-Z]*/y
  letters.lastIndex = start + 1
  const name = letters.exec(source)?.[0] ?? ''
  const character = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
  if (character === undefined) return undefined
  return { codePoint: character.charCodeAt(0), end: start + 1 + name.length }
}
