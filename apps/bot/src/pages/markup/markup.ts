/** A piece of a page, which may stand in one as it is: made by `markup` and `ownMarkup` alone. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Piece = string | number | Markup | readonly Markup[] | undefined

/** A piece of a page: whatever is put into it is text, unless it is a piece of a page itself. Undefined is nothing. */
export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...pieces.map(safeText)))
}

/** Takes markup of our own over as it is, such as a drawing. Never what a shop or a visitor wrote. */
export function ownMarkup(text: string): Markup {
  return new Markup(text)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function safeText(piece: Piece): string {
  if (piece === undefined) return ''
  if (piece instanceof Markup) return piece.toString()
  if (typeof piece === 'object') return piece.join('')
  return escapeText(String(piece))
}

/** Safe in an element and in an attribute between quotes. */
function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
