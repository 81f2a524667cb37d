import { indexAt, lineStartsOf } from './place-at.ts'
import { TemplateError } from './template-error.ts'

/** Puts what nunjucks' parser throws into words for a shopkeeper. checkSource has found what never ends before. */
export function explainParserError(error: unknown, source: string): TemplateError {
  const place = placeOf(error)
  const message = error instanceof Error ? error.message : ''
  const habit = place && habitAt(source, indexAt(lineStartsOf(source), place))
  const explained = EXPLANATIONS.find(([pattern]) => pattern.test(message))?.[1]
  return new TemplateError(habit ?? explained ?? NOT_UNDERSTOOD, place, { cause: error })
}

/** What somebody meant who writes as in another language. The parser stumbles over that or over what comes next. */
function habitAt(source: string, index: number): string | undefined {
  const before = source.slice(0, index).trimEnd().slice(-2)
  const written = source.slice(index, index + 2)
  return HABITS.find(([pattern]) => pattern.test(`${before}…${written}`))?.[1]
}

/** The dots are where the parser stumbled. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/…=(?!=)|[^=<>!]=…/, 'Values are compared with two signs: a == b.'],
  [/…&/, 'Write “and” between two conditions.'],
  [/\|…\|/, 'Write “or” between two conditions. A single “|” stands before the name of a filter.'],
  [/…!/, 'Write “not” before a condition: {% if not order.note %}.'],
  [/…\?/, 'A choice is written {{ "yes" if order.paid else "no" }}.'],
]

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
  [/pushToken/, '“not” stands before a condition: order.paid and not order.note.'],
  [/expected comma|invalid index/, 'In brackets a comma or the closing bracket is expected.'],
]

function placeOf(error: unknown): TemplateError['place'] {
  if (typeof error !== 'object' || error === null || !('lineno' in error && 'colno' in error))
    return undefined
  const { lineno, colno } = error
  return typeof lineno === 'number' && typeof colno === 'number' ? { line: lineno, column: colno } : undefined
}
