import type { Filter, FilterArgument } from '../filters/filter.ts'
import type { Place } from './template-error.ts'

/**
 * A template as everything behind the parser sees it: the walk that makes it of nunjucks' tree takes over what is listed
 * here and refuses all else, so nothing of nunjucks is left to check, to print or to run.
 */
export type Block = readonly Part[]

export type Part = MarkupPart | PrintPart | LinkPart | IfPart | ForPart

/** What the author wrote between the tags of the language, as it stands; the place is that of its first character. */
export interface MarkupPart {
  type: 'markup'
  source: string
  place: Place
}

/** `{{ value }}` */
export interface PrintPart {
  type: 'print'
  value: Expression
  /** As people would call it: `order.number`. */
  name: string
  place: Place
}

/**
 * `{{ address | link("text") }}`: the only part that gives markup, `<a href="…">text</a>`, so no value ever does. Nothing when the
 * address is blank. Where no markup goes, in buttons, it is the address.
 */
export interface LinkPart {
  type: 'link'
  address: Expression
  text: string
  /** Of the address. */
  name: string
  place: Place
}

export interface IfPart {
  type: 'if'
  branches: readonly { condition: Expression; body: Block }[]
  otherwise: Block
  place: Place
}

export interface ForPart {
  type: 'for'
  variable: string
  list: Path
  body: Block
  /** For a list without entries. */
  otherwise: Block
  place: Place
}

export type Expression = Literal | Path | Filtered | IsDefined | Both | Not | Compare | Choose

export interface Literal {
  type: 'literal'
  value: string | number | boolean | null
  place: Place
}

/** `order.items[0].name`; `loop.index` has the root `loop`. */
export interface Path {
  type: 'path'
  root: string
  keys: readonly (string | number)[]
  place: Place
}

export interface Filtered {
  type: 'filter'
  /** A name of FILTERS, whose entry `filter` is. */
  name: string
  filter: Filter
  input: Expression
  arguments: readonly FilterArgument[]
  place: Place
}

export interface IsDefined {
  type: 'is_defined'
  value: Expression
  /** `is undefined` */
  negated: boolean
  place: Place
}

export interface Both {
  type: 'and' | 'or'
  left: Expression
  right: Expression
  place: Place
}

export interface Not {
  type: 'not'
  value: Expression
  place: Place
}

export interface Compare {
  type: 'compare'
  operator: '==' | '!=' | '<' | '<=' | '>' | '>='
  left: Expression
  right: Expression
  place: Place
}

/** `then if condition else otherwise` */
export interface Choose {
  type: 'choose'
  condition: Expression
  whenTrue: Expression
  /** Without it nothing is shown. */
  otherwise: Expression | undefined
  place: Place
}
