import type { MessageEntity } from './entity.ts'

const CARD_MIN_DIGITS = 13
const CARD_MAX_DIGITS = 19
const CARD_CONTINUOUS_MIN_DIGITS = 16

/** Numbers that pass as a bank card: grouped digits, a right check digit, a length that fits the issuer. */
export function findCardNumbers(text: string): MessageEntity[] {
  const found: MessageEntity[] = []
  const run = /\d[\d -]*/g
  for (let match = run.exec(text); match !== null; match = run.exec(text)) {
    if (match[0].length < CARD_MIN_DIGITS) continue
    if (/[\p{L}.,+_-]$/u.test(text.slice(Math.max(match.index - 2, 0), match.index))) continue
    const number = cardNumberIn(match[0])
    if (number.length < match[0].length) run.lastIndex = match.index + number.length
    const trimmed = number.replace(/[ -]+$/, '')
    const digits = trimmed.replaceAll(/\D/g, '')
    if (digits.length < CARD_MIN_DIGITS || digits.length > CARD_MAX_DIGITS) continue
    if (trimmed.length > 2 * digits.length - 1) continue
    const next = text.slice(match.index + trimmed.length, match.index + trimmed.length + 2)
    if (/^[\p{L}_-]/u.test(next) || !isCardNumber(digits)) continue
    found.push({ offset: match.index, length: trimmed.length, type: 'bank_card_number' })
  }
  return found
}

/** A number written without gaps ends at the first space. */
function cardNumberIn(run: string): string {
  const continuous = /^\d+(?= )/.exec(run)?.[0] ?? ''
  const isCard = continuous.length >= CARD_CONTINUOUS_MIN_DIGITS && continuous.length <= CARD_MAX_DIGITS
  return isCard ? continuous : run
}

function isCardNumber(digits: string): boolean {
  if (!hasCheckDigit(digits)) return false
  const length = digits.length
  const [two, four] = [Number(digits.slice(0, 2)), Number(digits.slice(0, 4))]
  if (digits.startsWith('4')) return length === 13 || length === 16 || length >= 18
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16
  if (two === 34 || two === 37) return length === 15
  if (two === 62 || two === 81) return length >= 16
  if (four >= 2200 && four <= 2204) return length === 16
  return true
}

/** Luhn's algorithm. */
function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .toReversed()
    .map((digit, index) => (index % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9))
    .reduce((total, digit) => total + digit, 0)
  return sum % 10 === 0
}

const PHONE = /(?<![\p{L}\p{N}_+@#/.-])\+\d(?:[ -]?(?:\(\d{1,5}\)|\d)){6,14}(?![\p{L}\p{N}_@]|[.-]\d)/gu
const PHONE_MIN_DIGITS = 8
const PHONE_MAX_DIGITS = 15

/**
 * Phone numbers in international form. The production server's own pattern is not published; this is the part of it
 * that everybody sees.
 */
export function findPhoneNumbers(text: string): MessageEntity[] {
  const found: MessageEntity[] = []
  for (const match of text.matchAll(PHONE)) {
    const digits = match[0].replaceAll(/\D/g, '').length
    if (digits < PHONE_MIN_DIGITS || digits > PHONE_MAX_DIGITS) continue
    found.push({ offset: match.index, length: match[0].length, type: 'phone_number' })
  }
  return found
}
