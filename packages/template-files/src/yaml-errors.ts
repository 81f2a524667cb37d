import type { ErrorCode } from 'yaml'

const IN_QUOTES = 'put the text in quotes, or below a | on lines of its own'

/** What usually lies behind the errors of the parser, in words for people who write texts. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'a \\ in double quotes begins an escape such as \\n: write \\\\ or use single quotes',
  BAD_INDENT: 'this line is not indented as its neighbours are: use the same number of blanks',
  BAD_SCALAR_START: `a text cannot begin with this character: ${IN_QUOTES}`,
  BLOCK_AS_IMPLICIT_KEY: `a text with a colon and a blank in it reads as a field: ${IN_QUOTES}`,
  BLOCK_IN_FLOW: `this cannot stand inside [ ] or { }: ${IN_QUOTES}`,
  DUPLICATE_KEY: 'this field is here already: leave one of the two out',
  MULTILINE_IMPLICIT_KEY: `this reads as a field, but has no colon behind its name: indent it, or ${IN_QUOTES}`,
  MULTIPLE_DOCS: 'a file has one template: take what follows --- into a file of its own',
  NON_STRING_KEY: `the name of a field is a word; of a text that begins with [ or {: ${IN_QUOTES}`,
  TAB_AS_INDENT: 'a tab cannot indent a line: use blanks',
  TAG_RESOLVE_FAILED: `! and a name have no place here: ${IN_QUOTES}`,
}

/** A sentence for an error or a warning of the parser. */
export function describeYamlError(code: ErrorCode, message: string): string {
  if (message.includes('call stack')) return `the file is nested too deeply: ${IN_QUOTES}`
  return SENTENCES[code] ?? `this cannot be read as YAML (${message}): ${IN_QUOTES}`
}
