import type { MessageEntity } from './entity.ts'

export type ParseResult =
  | { status: 'parsed'; text: string; entities: MessageEntity[] }
  | { status: 'refused'; description: string }

/** Thrown inside a parser to leave it from any depth; every parser turns it into a refusal at its edge. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure'
}

/** Runs a parser and words its failure as the Bot API does. */
export function parseOrRefuse(parse: () => { text: string; entities: MessageEntity[] }): ParseResult {
  try {
    return { status: 'parsed', ...parse() }
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error
    return { status: 'refused', description: `can't parse entities: ${error.message}` }
  }
}
