import { MAX_NAME_CHARS, MAX_TEXT_CHARS } from '../schema/limits.ts'

/** What JSON allows and we do not; most of it is the I-JSON profile, RFC 7493. */
export interface JsonFlaw {
  code: string
  /** Follows the field's name in a sentence. */
  problem: string
}

// C0 but tab and newline; the negative look-ahead also spares DEL and C1, which do no harm where they are stored.
const FORBIDDEN_CONTROL = /(?![\n\t\u007f-\u009f])\p{Cc}/u

export function findTextFlaw(text: string, maxChars = MAX_TEXT_CHARS): JsonFlaw | undefined {
  if (text.length > maxChars) {
    return { code: 'too_long', problem: `must have at most ${maxChars} characters` }
  }
  if (isHarmless(text)) return undefined
  if (text.includes('\0')) {
    return { code: 'nul_character', problem: 'contains the character U+0000; leave it out' }
  }
  if (FORBIDDEN_CONTROL.test(text)) {
    return {
      code: 'control_character',
      problem: 'contains a control character; only tab and newline are allowed',
    }
  }
  if (!text.isWellFormed()) {
    return {
      code: 'lone_surrogate',
      problem: 'contains half of a character; check how the text was encoded or cut',
    }
  }
  return undefined
}

/** Neither a control character but tab and newline, nor anything a surrogate may be in: most texts, in one pass. */
function isHarmless(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0xd800 || (code < 0x20 && code !== 0x09 && code !== 0x0a)) return false
  }
  return true
}

/** About an object, by the name of one of its members. */
export function findNameFlaw(name: string): JsonFlaw | undefined {
  if (name === '__proto__') {
    // Assigned to an object, this name would change its prototype.
    return { code: 'forbidden_key', problem: 'has a member named "__proto__"; choose another name' }
  }
  if (name.length > MAX_NAME_CHARS) {
    return {
      code: 'name_too_long',
      problem: `has a member with a name of more than ${MAX_NAME_CHARS} characters`,
    }
  }
  const flaw = findTextFlaw(name)
  return flaw && { code: flaw.code, problem: `has a member whose name ${flaw.problem}` }
}

export function findNumberFlaw(value: number): JsonFlaw | undefined {
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  if (isExact) return undefined
  return {
    code: 'number_out_of_range',
    problem: 'is a number that would be rounded; send it as text',
  }
}
