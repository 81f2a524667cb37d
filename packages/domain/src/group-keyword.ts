const MAX_CHARS = 32

/**
 * A group's keyword as it is kept: lower case, in Unicode's composed form. Undefined when it is none: 2 to 32 letters of any
 * script, digits, hyphens and underscores, the first one a letter or digit.
 */
export function parseGroupKeyword(text: string): string | undefined {
  // Normalising may make a text longer, and a whole message is no keyword.
  if (text.length > 2 * MAX_CHARS) return undefined
  const keyword = text.normalize('NFKC').toLowerCase()
  const isKeyword = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]+$/u.test(keyword) && keyword.length <= MAX_CHARS
  return isKeyword ? keyword : undefined
}
