import { TemplateError } from './template-error.ts'

/** Puts what nunjucks' parser throws into words for a shopkeeper. checkSource has found what never ends before. */
export function explainParserError(error: unknown): TemplateError {
  const message = error instanceof Error ? error.message : ''
  const explained = EXPLANATIONS.find(([pattern]) => pattern.test(message))?.[1]
  return new TemplateError(explained ?? NOT_UNDERSTOOD, placeOf(error), { cause: error })
}

// The parser runs out of stack, or reads on where nothing is left, without saying where.
const NOT_UNDERSTOOD =
  'One of the tags {{ … }} or {% … %} is not understood: look for a missing bracket, name or operator.'

const LOOP = 'A loop is written {% for item in order.items %} … {% endfor %}.'

const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [
    /expected variable end/,
    'This is not understood here: “}}”, a filter or an operator such as “and” is expected.',
  ],
  [/expected block end/, 'This is not understood here: “%}” or an operator such as “and” is expected.'],
  [/expected name as lookup value/, 'After a dot the name of a field is expected.'],
  [/expected symbol/, 'After “|” the name of a filter is expected.'],
  [/parseFor: expected "in"/, LOOP],
  [/parseFor: variable name/, LOOP],
  [/unexpected token: (?:-?\}\}|-?%\})/, 'A field or a value is missing here.'],
  [/unexpected token/, 'A field or a value is expected here.'],
  [/expected comma|invalid index/, 'In brackets a comma or the closing bracket is expected.'],
]

function placeOf(error: unknown): TemplateError['place'] {
  if (typeof error !== 'object' || error === null || !('lineno' in error && 'colno' in error))
    return undefined
  const { lineno, colno } = error
  return typeof lineno === 'number' && typeof colno === 'number' ? { line: lineno, column: colno } : undefined
}
